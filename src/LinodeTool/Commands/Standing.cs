using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>How a cluster stands with its last run, and who is at work on it.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Run">Its last run; null where it has none yet.</param>
/// <param name="Lease">Who works on it; null where nobody does.</param>
internal sealed record Standing(ClusterRecord Cluster, RunRecord? Run, Lease? Lease)
{
    public string Verb => Lease?.Purpose ?? Run?.Verb ?? "create";

    /// <summary>running, queued (for workers), done, failed or interrupted; one whose process has died counts as interrupted.</summary>
    public string State => Lease is not null ? "running"
        : Run is null ? (Cluster.State == ClusterState.Creating ? "interrupted" : "done")
        : Run.State == "running" ? "interrupted" : Run.State;

    /// <summary>Whether there is something to go on with.</summary>
    public bool IsOpen => State is "interrupted" or "failed";

    /// <summary>Whether it takes something down: of a set, what comes last goes first then.</summary>
    public bool IsDownwards => Verb is "stop" or "roll-back" || Verb.StartsWith("delete", StringComparison.Ordinal);

    public RunStateDocument Document => RunStateDocument.From(Cluster.Name, Run, Verb, State, Lease);

    public static async Task<Standing> OfAsync(ToolContext context, ClusterRecord cluster)
    {
        // The lease first: a run that ends in between is then seen as ended, or as at work a moment longer.
        var lease = await context.Toolkit.FindLeaseAsync(cluster.Name, context.Cancellation).ConfigureAwait(false);
        await foreach (var run in context.Toolkit.ListRunsAsync(cluster.Name, context.Cancellation).ConfigureAwait(false))
        {
            if (run.Id == cluster.LastRun)
            {
                return new(cluster, run, lease);
            }
        }

        return new(cluster, null, lease);
    }

    /// <summary>That of a cluster, or of each of a set in its order.</summary>
    public static async Task<IReadOnlyList<Standing>> AllAsync(ToolContext context, ClusterView cluster)
    {
        var all = new List<Standing>();
        foreach (var one in cluster.Plan?.Members.Count > 0 ? cluster.Members : [cluster])
        {
            all.Add(await OfAsync(context, one.Cluster).ConfigureAwait(false));
        }

        return all;
    }

    /// <summary>A cluster's document with what its last run came to; of a set it is that of the member that says most.</summary>
    public static async Task<ClusterDocument> TellAsync(ToolContext context, ClusterView cluster, ClusterDocument document)
    {
        var all = await AllAsync(context, cluster).ConfigureAwait(false);
        return all.MaxBy(one => one.Lease is not null ? 2 : one.IsOpen ? 1 : 0) is not { } most ? document : document with
        {
            LastRun = most.Run?.Id ?? document.LastRun, LastRunVerb = most.Verb, LastRunState = most.State,
            Work = most.Lease is null ? null : WorkDocument.From(most.Lease), Next = most.Next(context),
        };
    }

    /// <summary>Command line that goes on with it; null where there is nothing to go on with.</summary>
    public string? Next(ToolContext context) => State switch
    {
        "running" or "queued" => context.Line($"cluster events {Shell.Quote(Cluster.Name)} --follow"),
        "interrupted" when Verb == ClusterImportCommand.Name => context.Line(ClusterImportCommand.Again(Cluster.Name, Run)),
        "interrupted" => context.Line($"cluster resume {Shell.Quote(Cluster.Name)}"),
        "failed" => context.Line($"cluster retry {Shell.Quote(Cluster.Name)}"),
        _ => null,
    };
}
