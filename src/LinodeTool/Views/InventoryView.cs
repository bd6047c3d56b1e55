using LinodeClusterToolkit.Keeping;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>A cluster that was to be put into an inventory.</summary>
internal sealed record MovedClusterDocument(string Cluster, string State, string Outcome);

/// <summary>What is wrong with records.</summary>
internal sealed record InventoryFindingDocument(string Cluster, string What);

internal static class InventoryView
{
    public static Shape<InventoryFindingDocument> Findings => new(ToolJson.Default.InventoryFindingDocument, found => found.Cluster,
    [
        new("cluster", found => found.Cluster),
        new("what", found => found.What),
    ]);

    private static Shape<MovedClusterDocument> Moved => new(ToolJson.Default.MovedClusterDocument, moved => moved.Cluster,
    [
        new("cluster", moved => moved.Cluster),
        new("state", moved => moved.State),
        new("outcome", moved => moved.Outcome),
    ]);

    /// <summary>Lists the clusters, and says how many were new.</summary>
    public static void Tell(ToolContext context, IReadOnlyList<MovedCluster> moved, string did)
    {
        context.View.List(
            [.. moved.Select(one => new MovedClusterDocument(one.Name, one.State.ToString().ToLowerInvariant(), one.IsNew ? did : "stood there"))], Moved);
        context.Messages.Note($"{Say.Count(moved.Count(one => one.IsNew), "cluster")} of {moved.Count} {did}, deleted ones included");
    }
}
