using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Changes;

/// <summary>One kind of work in a cluster's life: turns its share of a change set into steps.</summary>
/// <remarks>Parts never name each other's steps; they meet at <see cref="Milestone"/>s.</remarks>
internal interface IGraphPart
{
    /// <summary>The steps; a pure function of the change set, so that any process builds the same graph.</summary>
    IEnumerable<TaskStep> StepsFor(ChangeSet changes);
}
