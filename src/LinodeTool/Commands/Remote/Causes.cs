using System.Text.RegularExpressions;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Output;

namespace LinodeTool.Commands;

/// <summary>Problems of several nodes in words that are the same where the cause is, so that they are told as one.</summary>
internal static partial class Causes
{
    public static IReadOnlyList<Problem> Of(IEnumerable<(string Node, Problem Problem)> failures) =>
    [
        .. failures.GroupBy(failed => (failed.Problem.Code, Neutral(failed), Fixes: string.Join('\n', failed.Problem.Fixes)))
            .OrderBy(same => same.Count()).SelectMany(same => Alike([.. same])),
    ];

    private static IEnumerable<Problem> Alike(IReadOnlyList<(string Node, Problem Problem)> same)
    {
        var (node, first) = same[0];
        if (same.Count == 1)
        {
            return [first with { Where = first.Where ?? node }];
        }

        var what = first.What.Replace(node, Say.Count(same.Count, "node"), StringComparison.Ordinal);
        var why = same.All(one => one.Problem.Why == first.Why) ? first.Why : $"{node}: {first.Why}";
        return same.Select(one => first with { What = KeyPrint().Replace(what, "its key"), Why = why, Where = one.Node });
    }

    private static string Neutral((string Node, Problem Problem) failed) =>
        KeyPrint().Replace(failed.Problem.What.Replace(failed.Node, "", StringComparison.Ordinal), "");

    [GeneratedRegex("SHA256:[A-Za-z0-9+/]+")]
    private static partial Regex KeyPrint();
}
