using System.Text;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Inventory.Queries;

internal enum TokenKind
{
    Word,
    Quoted,
    Sign,
    End,
}

/// <summary>A word, a quoted text or a sign of a query; the last token of every query is an end.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    /// <summary>Words of the language itself are known in any case, and never in quotes.</summary>
    public bool Says(string word) => Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a query into tokens: <c>tag in (a, "b c")</c> is word, word, sign, word, sign, quoted, sign, end.</summary>
internal sealed class QueryLexer(QuerySource source)
{
    private const string Compared = "=!<>~&|";
    private const string Alone = "(),";
    private const string Typographic = "‘’“”";
    private static readonly string[] Signs = ["=", "!=", "~", "!~", "<", "<=", ">", ">=", "!"];

    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["=="] = "=", ["==="] = "=", ["<>"] = "!=", ["!=="] = "!=", ["=!"] = "!=", ["=~"] = "~", ["~="] = "~", ["=<"] = "<=", ["=>"] = ">=",
        ["&"] = "and", ["&&"] = "and", ["|"] = "or", ["||"] = "or",
    };

    private readonly string text = source.Text;
    private int at;

    public List<Token> Read()
    {
        var tokens = new List<Token>();
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, "", at));
                return tokens;
            }

            tokens.Add(Next(text[at]));
        }
    }

    private Token Next(char first)
    {
        var start = at;
        if (Alone.Contains(first))
        {
            at++;
            return new(TokenKind.Sign, first.ToString(), start);
        }

        if (first is '\'' or '"')
        {
            return new(TokenKind.Quoted, Quoted(first), start);
        }

        return Compared.Contains(first) ? Sign(start) : new(TokenKind.Word, Word(start), start);
    }

    private Token Sign(int start)
    {
        while (at < text.Length && Compared.Contains(text[at]))
        {
            at++;
        }

        var sign = text[start..at];
        return Signs.Contains(sign) ? new(TokenKind.Sign, sign, start) : throw Wrong(
            QueryProblems.NoSuchSign(sign.Length > 8 ? $"{sign[..8]}…" : sign, Meant.GetValueOrDefault(sign)), start);
    }

    private string Word(int start)
    {
        while (at < text.Length && text[at] is var sign && !char.IsWhiteSpace(sign) && !Compared.Contains(sign) && !Alone.Contains(sign)
            && sign is not ('\'' or '"'))
        {
            RefuseOddities(sign);
            at++;
        }

        return text[start..at];
    }

    // A quote doubled inside is the quote itself.
    private string Quoted(char quote)
    {
        var (start, value) = (at, new StringBuilder());
        for (at++; at < text.Length; at++)
        {
            if (text[at] != quote)
            {
                RefuseControl(text[at]);
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == quote)
            {
                value.Append(quote);
                at++;
            }
            else
            {
                at++;
                return value.ToString();
            }
        }

        throw Wrong(QueryProblems.Unclosed($"the quote {quote}", $"end the value with another {quote}"), start);
    }

    private void RefuseOddities(char sign)
    {
        RefuseControl(sign);
        if (Typographic.Contains(sign))
        {
            throw Wrong(QueryProblems.TypographicQuote(sign.ToString()), at);
        }
    }

    // Half a surrogate pair is no text either: stores could not keep it.
    private void RefuseControl(char sign)
    {
        var half = char.IsSurrogate(sign) && !(char.IsHighSurrogate(sign)
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1]));
        if (char.IsControl(sign) || half)
        {
            throw Wrong(QueryProblems.NotText(), at);
        }
    }

    private LinodeToolkitException Wrong(Problem problem, int where) => new(source.Place(problem, where));
}
