using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace LinodeClusterToolkit.Security;

/// <summary>Masks every secret it was told in any text: the last filter before console, log and state. Safe from any thread.</summary>
/// <remarks>Its cost grows with the text, not with the number of secrets. Values under six characters pass: they are too like common words.</remarks>
public sealed class Redactor
{
    private const int Shortest = SecretForms.Shortest;
    private const string Mask = "***";

    // Forms by their first six characters, longest first.
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> forms = new(StringComparer.Ordinal);

    /// <summary>Tells a secret; its base64, JSON-escaped and URL-escaped forms and the lines of a longer one are masked as well.</summary>
    public void Add(Sensitive secret)
    {
        foreach (var form in SecretForms.Of(secret.Reveal()))
        {
            forms.AddOrUpdate(
                form[..Shortest],
                _ => [form],
                (_, others) => others.Contains(form) ? others : [.. others.Append(form).OrderByDescending(other => other.Length)]);
        }
    }

    /// <summary>The text with <c>***</c> in place of every secret.</summary>
    public string Redact(string text)
    {
        var lookup = forms.GetAlternateLookup<ReadOnlySpan<char>>();
        StringBuilder? masked = null;
        var kept = 0;
        for (var at = 0; at + Shortest <= text.Length; at++)
        {
            if (!lookup.TryGetValue(text.AsSpan(at, Shortest), out var candidates) || Match(text.AsSpan(at), candidates) is not { } found)
            {
                continue;
            }

            (masked ??= new()).Append(text, kept, at - kept).Append(Mask);
            kept = at + found.Length;
            at = kept - 1;
        }

        return masked is null ? text : masked.Append(text, kept, text.Length - kept).ToString();
    }

    private static string? Match(ReadOnlySpan<char> text, ImmutableArray<string> candidates)
    {
        foreach (var form in candidates)
        {
            if (text.StartsWith(form, StringComparison.Ordinal))
            {
                return form;
            }
        }

        return null;
    }
}
