using System.CommandLine;
using LinodeClusterToolkit.Remote;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>How a command runs on nodes; <c>--timeout</c>, which every verb knows, is how long it may take on each.</summary>
internal sealed class ExecOptions
{
    public Option<bool> AsRoot { get; } = Words.Flag("--as-root", "As root, through sudo");

    public Option<bool> Stdin { get; } = Words.Flag("--stdin", "Give it what standard input holds, the same on each node");

    public Option<string?> Parallel { get; } = AtOnce.Create();

    /// <summary>The command, and on how many nodes at once it runs.</summary>
    public (ShellCommand Command, int Parallel) Read(ToolContext context, IReadOnlyList<string> words)
    {
        var parallel = AtOnce.Read(context, Parallel);
        return (NodeCommand.Of(context, words, context.Has(AsRoot), context.Has(Stdin) ? context.Host.In.ReadToEnd() : null), parallel);
    }
}
