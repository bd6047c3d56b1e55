using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Runs a command on each node in its turn, as root; an exit code other than 0 ends the turn, and so all that come after it.</summary>
internal sealed class RunCommands(ConfigurationTools tools) : IGraphPart
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(30);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from turn in changes.Turns
        where turn.Kind == TurnKind.Command
        let node = turn.Node
        select new TaskStep($"command {node.Label}", (_, token) => RunAsync(turn, token))
        {
            After = [Milestone.TurnBegins(node.Label)],
            Before = [Milestone.Altered(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "running the command",
        };

    private Task RunAsync(Turn turn, CancellationToken cancellation) => tools.RunCommandAsync(
        turn.Node.Key, new ShellCommand(turn.Command[0], [.. turn.Command.Skip(1)]) { AsRoot = true, Title = "roll", Within = Within }, cancellation);
}
