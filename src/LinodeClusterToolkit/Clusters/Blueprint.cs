using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Makes the graph of a change set out of all parts, and its bound.</summary>
internal static class Blueprint
{
    /// <summary>The graph; a pure function of the change set.</summary>
    public static TaskGraph Draw(ChangeSet changes, IEnumerable<IGraphPart> parts) =>
        TaskGraph.Build(parts.SelectMany(part => part.StepsFor(changes)).Select(EndsOnStop));

    /// <summary>The bound of a graph, with the words that explain it.</summary>
    public static LeastTime Bound(TaskGraph graph, IReadOnlyDictionary<string, CallLimit> limits)
    {
        var ideal = LeastTimeModel.Of(graph, limits);
        return new(ideal.Time, ideal.TotalCalls, ideal.Because);
    }

    // Waits and turns under a rate limit end when the run is stopped; what was sent is awaited by the client all the same.
    private static TaskStep EndsOnStop(TaskStep step) => step.Work is not { } work ? step : step with
    {
        Work = async (context, cancellation) =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.Stopping, cancellation);
            await work(context, either.Token).ConfigureAwait(false);
        },
    };
}
