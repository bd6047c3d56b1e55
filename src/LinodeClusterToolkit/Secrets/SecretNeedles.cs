using System.Buffers;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>All forms of all secrets, looked for at once.</summary>
internal sealed class SecretNeedles
{
    // What every unencrypted key that OpenSSH writes begins with: it gives nothing of any of them away.
    private const string KeyMagic = "b3BlbnNzaC1rZXktdjE";

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly SearchValues<string> forms;

    /// <param name="secrets">Secrets by name.</param>
    public SecretNeedles(IEnumerable<KeyValuePair<string, Sensitive>> secrets)
    {
        foreach (var (name, value) in secrets)
        {
            // As bytes, each in a character: what is searched is not always text.
            foreach (var form in SecretForms.Of(value.Reveal()).Where(form => !form.StartsWith(KeyMagic, StringComparison.Ordinal)))
            {
                names.TryAdd(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(form)), name);
            }
        }

        forms = SearchValues.Create([.. names.Keys], StringComparison.Ordinal);
        Longest = names.Keys.Select(form => form.Length).DefaultIfEmpty().Max();
    }

    /// <summary>Bytes of the longest form.</summary>
    public int Longest { get; }

    /// <summary>Which secrets stand in it, and where each does first.</summary>
    public IReadOnlyDictionary<string, int> In(ReadOnlySpan<char> text)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var from = 0; text[from..].IndexOfAny(forms) is >= 0 and var at; from += at + 1)
        {
            foreach (var (form, name) in names)
            {
                if (text[(from + at)..].StartsWith(form, StringComparison.Ordinal))
                {
                    found.TryAdd(name, from + at);
                }
            }
        }

        return found;
    }
}
