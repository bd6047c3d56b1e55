using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Host;
using LinodeTool.Settings;

namespace LinodeTool.Commands;

/// <summary>A session on a node at this terminal.</summary>
internal static class Session
{
    /// <summary>Refuses a shell where nobody can type; call it before anything is looked up.</summary>
    public static void DemandUse(ToolContext context, IReadOnlyList<string> command)
    {
        if (command.Count == 0 && !HasTerminal(context.Host))
        {
            throw new LinodeToolkitException(CommandProblems.NoTerminal($"{context.CommandLine} -- uptime"));
        }
    }

    /// <summary>The exit code is the remote one.</summary>
    /// <param name="context">The call.</param>
    /// <param name="node">The node.</param>
    /// <param name="command">Words of a command; none for a shell.</param>
    public static async Task<ExitCode> OpenAsync(ToolContext context, NodeRecord node, IReadOnlyList<string> command)
    {
        if (context.DryRun)
        {
            await Execution.ShowNodesAsync(context, [node]).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var words = await context.Toolkit.SessionAsync(node, NodeCommand.Words(command), HasTerminal(context.Host), context.Cancellation)
            .ConfigureAwait(false);
        var code = await Foreground.RunAsync(SecretVariables.Without(new(words[0], words.Skip(1))), context.Host.Interrupt.Leave).ConfigureAwait(false);
        return context.Host.Interrupt.Happened ? context.Host.Interrupt.Code : (ExitCode)code;
    }

    // With half a terminal, as in "… -- cat file > copy", the other side must not make one of it: it would change line ends.
    private static bool HasTerminal(ToolHost host) => host.InIsTerminal && host.OutIsTerminal;
}
