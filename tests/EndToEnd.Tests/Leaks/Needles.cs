using System.Buffers.Binary;
using System.Text;

namespace EndToEnd.Tests.Leaks;

/// <summary>Looks for all disguises of all secrets at once; its cost grows with what is searched, and hardly with how many they are.</summary>
internal sealed class Needles
{
    private const ulong Spread = 0x9E3779B97F4A7C15; // of a multiplicative hash
    private readonly Dictionary<ulong, List<(byte[] Form, string Secret, string Kind)>> byHead = [];
    private readonly bool[] heads = new bool[1 << 16];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>How many forms of how many secrets.</summary>
    public (int Forms, int Secrets) Count => (byHead.Values.Sum(forms => forms.Count), known.Count);

    public int Longest { get; private set; } = 1;

    public void Add(string name, string value)
    {
        if (value.Length < Disguises.Shortest || !known.Add(value))
        {
            return;
        }

        foreach (var (kind, text) in Disguises.Of(value))
        {
            Add(name, kind, text);
        }
    }

    /// <summary>One form of a secret; no other is looked for.</summary>
    public void Add(string name, string kind, string text)
    {
        var form = Encoding.UTF8.GetBytes(text);
        var head = BinaryPrimitives.ReadUInt64LittleEndian(form);
        heads[Hash(head)] = true;
        if (!byHead.TryGetValue(head, out var forms))
        {
            byHead[head] = forms = [];
        }

        forms.Add((form, name, kind));
        Longest = Math.Max(Longest, form.Length);
    }

    /// <summary>Which secrets stand there, and in what form.</summary>
    public IReadOnlySet<(string Secret, string Kind)> In(ReadOnlySpan<byte> text)
    {
        var found = new HashSet<(string, string)>();
        for (var at = 0; at + sizeof(ulong) <= text.Length; at++)
        {
            var head = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
            if (heads[Hash(head)] && byHead.TryGetValue(head, out var forms))
            {
                foreach (var (form, secret, kind) in forms)
                {
                    if (text[at..].StartsWith(form))
                    {
                        found.Add((secret, kind));
                    }
                }
            }
        }

        return found;
    }

    private static int Hash(ulong head) => (int)(head * Spread >> 48);
}
