using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Ends the connection to a node that is made anew in its turn, and forgets the host keys it had: what stands in its place has others.</summary>
/// <remarks>Its admin key stays: it is the same node to all who enter it.</remarks>
internal sealed class ForgetHosts(ConfigurationTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from turn in changes.Turns
        where turn.IsMadeAnew
        let node = turn.Node
        select new TaskStep($"forget host {node.Label}", (_, token) => tools.ForgetHostAsync(tools.Book.Node(node.Key), token))
        {
            After = [Milestone.Off(node.Label)],
            Before = [Milestone.Forgotten(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "forgetting its host key",
        };
}
