using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>What a Vault says of a failure, as far as a message may show it.</summary>
internal static class VaultWords
{
    private const int Longest = 300;

    /// <summary>Its words in one line; others in their place where they hold what was to stay hidden.</summary>
    /// <param name="errors">What it said.</param>
    /// <param name="hidden">What was sent and must not be shown: something before the Vault may echo it.</param>
    public static string Of(IReadOnlyList<string>? errors, IReadOnlyList<Sensitive> hidden)
    {
        var said = string.Join("; ", errors ?? []);
        var redactor = new Redactor();
        foreach (var secret in hidden)
        {
            redactor.Add(secret);
        }

        // A redactor lets short values pass, as too like common words; here they are worth less than silence.
        if (redactor.Redact(said) != said
            || hidden.Any(secret => secret.Reveal() is { Length: > 0 } value && said.Contains(value, StringComparison.Ordinal)))
        {
            return "what it said holds something secret and is not shown";
        }

        var signs = said.Select(sign => char.IsControl(sign) ? ' ' : sign).ToArray();
        var line = string.Join(' ', new string(signs).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : $"{line[..Longest]}…";
    }
}
