using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>Text to tree: <c>not</c> binds closer than <c>and</c>, <c>and</c> closer than <c>or</c>.</summary>
/// <remarks>
/// query: all {or all}; all: one {and one}; one: {not} ( "(" query ")" | comparison );
/// comparison: FIELD SIGN VALUE | FIELD [not] in "(" VALUE {"," VALUE} ")".
/// The limits keep what strangers write from filling a stack, a statement of a database or its list of values.
/// </remarks>
internal sealed class QueryParser(QuerySource source)
{
    public const int MostSigns = 16_384;
    public const int MostNested = 50;
    public const int MostComparisons = 100;
    public const int MostValues = 1_000;

    private readonly ComparisonReader comparisons = new(source);
    private readonly List<Token> tokens = [];
    private int next;
    private int nested;
    private int compared;
    private int values;

    private Token Here => tokens[next];

    /// <exception cref="LinodeToolkitException">It is not a query.</exception>
    public Condition Read()
    {
        Demand(source.Text.Length <= MostSigns, QueryProblems.TooMuch("is too long", MostSigns), 0);
        tokens.AddRange(new QueryLexer(source).Read());
        Demand(Here.Kind != TokenKind.End, QueryProblems.Empty(), 0);
        var all = Or();
        Demand(Here.Kind == TokenKind.End, QueryProblems.Unexpected(Named(Here), "and, or, or the end"), Here.At);
        return comparisons.Problems.Count == 0 ? all : throw new LinodeToolkitException(comparisons.Problems);
    }

    private Condition Or()
    {
        var parts = new List<Condition> { And() };
        while (Took("or"))
        {
            parts.Add(And());
        }

        return parts is [var one] ? one : new Condition.Any(parts);
    }

    private Condition And()
    {
        var parts = new List<Condition> { One() };
        while (Took("and"))
        {
            parts.Add(One());
        }

        return parts is [var one] ? one : new Condition.All(parts);
    }

    private Condition One()
    {
        var contrary = false;
        while (Took("not") || TookSign("!"))
        {
            contrary = !contrary;
        }

        var condition = Here.Is("(") ? Inside() : Comparison();
        return contrary ? new Condition.Not(condition) : condition;
    }

    private Condition Inside()
    {
        var open = Here.At;
        Demand(++nested <= MostNested, QueryProblems.TooMuch("has too many parentheses in one another", MostNested), open);
        next++;
        var inside = Or();
        Close(open, "and, or, or )");
        nested--;
        return inside;
    }

    private Condition Comparison()
    {
        var name = Here;
        Demand(IsPlain(name), QueryProblems.Unexpected(Named(name), "the name of a field"), name.At);
        Demand(++compared <= MostComparisons, QueryProblems.TooMuch("has too many comparisons", MostComparisons), name.At);
        next++;
        var sign = Sign(name);
        return comparisons.Read(name, sign, sign.Text.EndsWith("in", StringComparison.Ordinal) ? List(sign.At) : [Value(name, sign)]);
    }

    private Token Sign(Token name)
    {
        var sign = Here;
        if (sign.Kind == TokenKind.Sign && !"!(),".Contains(sign.Text, StringComparison.Ordinal))
        {
            next++;
            return sign;
        }

        var no = Took("not");
        Demand(Took("in"), QueryProblems.Unexpected(
            Named(Here), $"= or another comparison of {Shortened(name.Text)}", $"{Shortened(name.Text)}=VALUE"), Here.At);
        return new(TokenKind.Sign, no ? "not in" : "in", sign.At);
    }

    private List<Token> List(int sign)
    {
        var open = Here.At;
        Demand(TookSign("("), QueryProblems.Unexpected(Named(Here), "( and a list of values", "in (one, another)"), open);
        var list = new List<Token> { Value(default, new(TokenKind.Sign, "in", sign)) };
        while (TookSign(","))
        {
            list.Add(Value(default, new(TokenKind.Sign, "in", sign)));
        }

        Close(open, ", or )");
        return list;
    }

    private Token Value(Token name, Token sign)
    {
        var value = Here;
        var example = name.Text is null ? (string[])[] : [$"{Shortened(name.Text)}{sign.Text}VALUE"];
        Demand(
            value.Kind == TokenKind.Quoted || IsPlain(value),
            QueryProblems.Unexpected(
                Named(value), "a value", IsReserved(value) ? [.. example, $"the word itself in quotes: '{value.Text}'"] : example),
            value.At);
        Demand(++values <= MostValues, QueryProblems.TooMuch("has too many values", MostValues), value.At);
        next++;
        return value;
    }

    private void Close(int open, string wanted)
    {
        Demand(Here.Kind != TokenKind.End, QueryProblems.Unclosed("the parenthesis", "write ) where it ends"), open);
        Demand(TookSign(")"), QueryProblems.Unexpected(Named(Here), wanted), Here.At);
    }

    private static bool IsReserved(Token token) => token.Says("and") || token.Says("or") || token.Says("not") || token.Says("in");

    private static bool IsPlain(Token token) => token.Kind == TokenKind.Word && !IsReserved(token);

    private static string Named(Token token) => token.Kind == TokenKind.End ? "the end" : $"\"{Shortened(token.Text)}\"";

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..37]}…";

    private bool Took(string word) => Take(Here.Says(word));

    private bool TookSign(string sign) => Take(Here.Is(sign));

    private bool Take(bool it)
    {
        next += it ? 1 : 0;
        return it;
    }

    private void Demand(bool fits, Problem otherwise, int at)
    {
        if (!fits)
        {
            throw new LinodeToolkitException([.. comparisons.Problems, source.Place(otherwise, at)]);
        }
    }
}
