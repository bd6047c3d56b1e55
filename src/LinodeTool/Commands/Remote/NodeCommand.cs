using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;

namespace LinodeTool.Commands;

/// <summary>The words after <c>--</c> as a command for nodes.</summary>
internal static class NodeCommand
{
    /// <summary>Said by the help of every verb that takes one.</summary>
    public const string Rule = "One word after -- is a line for the node's shell; several are a program and its arguments, taken as they are.";

    /// <summary>One word may hold what only a shell understands, as in <c>'df -h | tail -1'</c>.</summary>
    public static IReadOnlyList<string> Words(IReadOnlyList<string> typed) => typed is [var line] ? ["sh", "-c", line] : typed;

    /// <param name="context">The call.</param>
    /// <param name="typed">Words as typed.</param>
    /// <param name="asRoot">Whether it runs as root.</param>
    /// <param name="input">What it reads, or null.</param>
    public static ShellCommand Of(ToolContext context, IReadOnlyList<string> typed, bool asRoot, string? input)
    {
        var words = Words(typed);
        var command = new ShellCommand(words[0], [.. words.Skip(1)]) { AsRoot = asRoot, Input = input is null ? null : new Sensitive(input) };
        return context.Timeout is { } limit ? command with { Within = limit } : command;
    }
}
