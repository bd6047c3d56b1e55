using System.CommandLine;
using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>On how many nodes work is done at once.</summary>
internal static class AtOnce
{
    private const int Usual = 32;
    private const int Most = 1000;

    public static Option<string?> Create() => Words.Text("--parallel", "N", $"On how many nodes at once; {Usual} unless said");

    public static int Read(ToolContext context, Option<string?> option) => context.Value(option) is not { } text ? Usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most ? number
        : throw new LinodeToolkitException(UsageProblems.BadValue(option.Name, text, $"a whole number from 1 to {Most}"));
}
