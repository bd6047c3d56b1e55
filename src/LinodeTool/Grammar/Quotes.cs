using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Grammar;

/// <summary>Finds what a web page or word processor made of quotes and dashes before it was pasted into a shell.</summary>
internal static class Quotes
{
    private const string Single = "‘’‚‛′`´";
    private const string Double = "“”„‟″«»";
    private const string Dashes = "–—−‑";

    public static Problem? FirstProblem(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count && args[i] != "--"; i++)
        {
            if (Edge(args[i]) is { } edge)
            {
                return UsageProblems.TypographicQuote(i + 1, args[i], edge, Repaired(args));
            }

            if (args[i].Length > 1 && Dashes.Contains(args[i][0]))
            {
                return UsageProblems.TypographicDash(i + 1, args[i], Repaired(args));
            }
        }

        return null;
    }

    /// <summary>The command line as it was meant: pasted quotes were to hold words together, so they become the shell's own.</summary>
    private static string Repaired(IReadOnlyList<string> args)
    {
        var words = new List<string>();
        var open = false;
        foreach (var arg in args)
        {
            var dashed = arg.Length > 1 && Dashes.Contains(arg[0]) ? "--" + arg.TrimStart([.. Dashes, '-']) : arg;
            var bare = string.Concat(dashed.Where(letter => !IsQuote(letter)));
            if (open)
            {
                words[^1] += " " + bare;
            }
            else
            {
                words.Add(bare);
            }

            open = dashed.Count(IsQuote) % 2 == 1 ? !open : open;
        }

        return "linodetool " + string.Join(' ', words.Select(Shell.Quote));
    }

    private static string? Edge(string arg)
    {
        var value = arg.StartsWith('-') && arg.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? arg[(at + 1)..] : arg;
        return value.Length == 0 ? null : IsQuote(value[0]) ? "starts" : IsQuote(value[^1]) ? "ends" : null;
    }

    private static bool IsQuote(char letter) => Single.Contains(letter) || Double.Contains(letter);
}
