using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Grammar;

/// <summary>What can be wrong with a command line.</summary>
internal static class UsageProblems
{
    public static Problem UnknownCommand(string word, string path, IReadOnlyList<string> known)
    {
        var near = Hints.Nearest(word, known);
        return new("LCT1001", $"unknown command \"{word}\"", Where: path, Fix: near.Count > 0
            ? [.. near.Select(name => $"did you mean: {path} {name}")]
            : [$"one of: {string.Join(", ", known)}", $"{path} --help"]);
    }

    public static Problem UnknownOption(string word, string path, IEnumerable<string> known) => new(
        "LCT1002", $"unknown option \"{word}\"", Where: path,
        Fix: [.. Hints.Nearest(word, known).Select(name => $"did you mean {name}?"), $"{path} --help"]);

    public static Problem MissingVerb(string path, IEnumerable<string> verbs) => new(
        "LCT1003", $"{path} needs a word more", Fix: [.. verbs.Select(verb => $"{path} {verb}")]);

    public static Problem MissingArgument(string name, string path, string usage) => new(
        "LCT1004", $"{name.ToUpperInvariant()} is missing", Where: path, Fix: [usage]);

    public static Problem MissingValue(string option, string path, string? wants) => new(
        "LCT1005", $"option {option} needs {(wants is null ? "a value" : $"a value: {wants}")}", Where: path, Fix: [$"{path} --help"]);

    public static Problem TooMuch(string word, string path, string usage) => new(
        "LCT1006", $"there is nothing for \"{word}\" to mean here", Where: path, Fix: [usage]);

    public static Problem TypographicQuote(int position, string arg, string edge, string repaired) => new(
        "LCT1007", $"the argument {arg} {edge} with a typographic quote", Where: $"argument {position}",
        Why: "text copied from a web page; the shell does not treat ‘ ’ or “ ” as quotes", Fix: [repaired]);

    public static Problem TypographicDash(int position, string arg, string repaired) => new(
        "LCT1008", $"the argument {arg} starts with a typographic dash", Where: $"argument {position}",
        Why: "text copied from a web page; options start with two plain hyphens", Fix: [repaired]);

    public static Problem BadValue(string option, string value, string wants, IEnumerable<string>? known = null) => new(
        "LCT1009", $"{option} cannot be \"{value}\"", Why: $"it takes {wants}",
        Fix: known is null ? null : [.. Hints.Nearest(value, known, 1).Select(name => $"did you mean {name}?")]);

    public static Problem GivenTwice(string option, string path) => new(
        "LCT1010", $"option {option} is given more than once", Where: path, Fix: ["keep the one you mean"]);

    public static Problem Contradiction(string one, string other) => new(
        "LCT1011", $"{one} and {other} exclude each other", Fix: ["keep the one you mean"]);

    public static Problem Unreadable(string why) => new("LCT1012", "the command line cannot be read", Why: why, Fix: ["linodetool --help"]);

    public static Problem OfOneCluster(string option, string set, IEnumerable<string> clusters) => new(
        "LCT1014", $"{option} is for one cluster, and {set} is a set of them", Where: set,
        Fix: [$"name the cluster that has the group: {string.Join(", ", clusters)}"]);

    public static Problem NotActedOn(string what, string instead) => new("LCT1013", $"{what} is not acted on yet", Fix: [instead]);
}
