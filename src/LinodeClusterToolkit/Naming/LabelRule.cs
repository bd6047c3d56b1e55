using System.Security.Cryptography;
using System.Text;

namespace LinodeClusterToolkit.Naming;

/// <summary>What the platform takes as a label of one kind of resource, and how to make one that it takes.</summary>
/// <param name="Noun">What the label is of.</param>
/// <param name="Least">Fewest characters.</param>
/// <param name="Most">Most characters.</param>
/// <param name="Punctuation">What may stand in it besides letters and digits, never twice in a row.</param>
internal sealed record LabelRule(string Noun, int Least, int Most, string Punctuation)
{
    private const int HashLength = 6;

    /// <summary>Labels of nodes: unique in the account.</summary>
    public static LabelRule Node { get; } = new("node", 3, 64, "-_.");

    /// <summary>Labels of nodes where version 3 of the API is spoken. Its sources tell of 32 to 48 characters: with these all are content.</summary>
    public static LabelRule ShortNode { get; } = new("node", 3, 32, "-_");

    /// <summary>Labels of volumes: they form the device path.</summary>
    public static LabelRule Volume { get; } = new("volume", 1, 32, "-_");

    /// <summary>Labels of NodeBalancers: unique in the account.</summary>
    public static LabelRule Balancer { get; } = new("NodeBalancer", 3, 32, "-_");

    /// <summary>Labels of Cloud Firewalls: unique in the account.</summary>
    public static LabelRule Firewall { get; } = new("firewall", 3, 32, "-_.");

    /// <summary>Why the platform would refuse a label, as a clause; null where it would not.</summary>
    /// <remarks>The API's own prose and pattern differ on the first and last character; what passes here passes both.</remarks>
    public string? Fault(string label) =>
        label.Length < Least || label.Length > Most ? $"a {Noun} label has {Least} to {Most} characters, this one {label.Length}"
        : !label.All(IsAllowed) ? $"a {Noun} label has only letters, digits and {string.Join(' ', Punctuation.AsEnumerable())}"
        : !char.IsAsciiLetter(label[0]) ? $"a {Noun} label begins with a letter"
        : !char.IsAsciiLetterOrDigit(label[^1]) ? $"a {Noun} label ends with a letter or digit"
        : Punctuation.Any(mark => label.Contains($"{mark}{mark}", StringComparison.Ordinal))
            ? $"a {Noun} label doubles no {string.Join(' ', Punctuation.AsEnumerable())}"
        : null;

    /// <summary>A legal label as near to what is wanted as can be; where anything was changed, a hash of the whole keeps it unique.</summary>
    public string Fit(string wanted) => Fault(wanted) is null ? wanted : Hashed(wanted);

    /// <summary>The same, and one that is not taken yet; it is taken with this.</summary>
    public string Free(string wanted, HashSet<string> taken)
    {
        var label = Fit(wanted);
        for (var more = 1; !taken.Add(label); more++)
        {
            label = Hashed($"{wanted}~{more}");
        }

        return label;
    }

    /// <summary>A legal label that differs from every other text's, whatever the text.</summary>
    public string Hashed(string wanted)
    {
        var side = (Most - HashLength - 2) / 2;
        var clean = Clean(wanted);
        var (head, tail) = clean.Length <= 2 * side ? (clean, "") : (clean[..side], clean[^side..]);
        return Clean($"{head}-{Hash(wanted)}-{tail}");
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var letter in text.Select(letter => IsAllowed(letter) ? letter : '-'))
        {
            if (char.IsAsciiLetterOrDigit(letter) || (clean.Length > 0 && char.IsAsciiLetterOrDigit(clean[^1])))
            {
                clean.Append(letter);
            }
        }

        var trimmed = clean.ToString().TrimEnd([.. Punctuation]);
        return trimmed is [var first, ..] && char.IsAsciiLetter(first) ? trimmed : $"n{trimmed}";
    }

    private bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || Punctuation.Contains(letter);
}
