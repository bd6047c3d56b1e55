using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>What can be wrong with a query, all of family 1: who wrote it can mend it.</summary>
internal static class QueryProblems
{
    public static Problem Unexpected(string found, string wanted, params string[] fix) =>
        new("LCT1060", $"{found} where {wanted} should be", Fix: fix);

    public static Problem Empty() => new(
        "LCT1060", "the query is empty", Fix: ["say what to look for, such as: tag=master and state!=ready", "or leave the query out: all nodes"]);

    public static Problem Unclosed(string what, string fix) => new("LCT1060", $"{what} is not closed", Fix: [fix]);

    public static Problem NoSuchSign(string sign, string? meant) => new(
        "LCT1060", $"{sign} means nothing here", Why: "comparisons are = != ~ !~ < <= > >= and in (…); they are joined by and, or, not",
        Fix: meant is null ? null : [$"did you mean {meant}?"]);

    public static Problem TypographicQuote(string sign) => new(
        "LCT1060", $"a typographic quote {sign}", Why: "text copied from a web page; only ' and \" are quotes here",
        Fix: ["write ' or \" in its place"]);

    public static Problem NotText() => new(
        "LCT1060", "a control character", Why: "no value holds one", Fix: ["leave it out"]);

    public static Problem NoSuchField(string name) => new(
        "LCT1061", $"nodes have no \"{Short(name)}\"",
        Fix: [.. Hints.Nearest(name, NodeFields.All.SelectMany(field => field.Aliases.Append(field.Name)), 1).Select(near => $"did you mean {near}?"),
            $"there are: {string.Join(", ", NodeFields.All.Select(field => field.Name))}"]);

    public static Problem BadValue(NodeField field, string value, string takes, params IEnumerable<string> fix) => new(
        "LCT1062", $"{field.Name} cannot be \"{Short(value)}\"", Why: $"it takes {takes}", Fix: [.. fix]);

    public static Problem NotThere(NodeField field) => new(
        "LCT1062", $"{field.Name} is never without a value", Fix: [$"in quotes it is the word itself: {field.Name}='none'"]);

    public static Problem Nothing(NodeField field) => new(
        "LCT1062", $"{field.Name} is compared with nothing", Why: "the quotes are empty: a variable of a script, perhaps",
        Fix: [$"to find nodes without {field.Name}: {field.Name}=none"]);

    public static Problem Pattern(NodeField field, string value, string sign) => new(
        "LCT1062", $"{field.Name} cannot be \"{Short(value)}\"", Why: "= is the very text; * and ? stand for others after ~ only",
        Fix: [$"{field.Name}{sign}{Short(value)}", $"in quotes they are just themselves: {field.Name}='{Short(value)}'"]);

    public static Problem SignUnfit(NodeField field, string sign, string takes) => new(
        "LCT1063", $"{field.Name} cannot be compared by {sign}", Why: $"it takes {takes}");

    public static Problem TooMuch(string what, int most) => new(
        "LCT1064", $"the query {what}", Why: $"the most is {most.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture)}",
        Fix: ["ask in several queries, or for more nodes than are wanted"]);

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..57]}…";
}
