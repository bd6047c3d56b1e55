using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Inventory;

namespace LinodeTool.Commands;

/// <summary>Names an argument can take, out of the inventory and the catalogue kept here.</summary>
internal static class CompletionNames
{
    public static async Task<IEnumerable<string>> OfAsync(ToolContext context, string argument, string? cluster) => argument switch
    {
        "cluster" => (await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false)).Values,
        "node" => (await Inventories.NodesAsync(context, new NodeQuery(cluster)).ConfigureAwait(false)).Select(node => node.Label),
        "group" => (await Inventories.NodesAsync(context, new NodeQuery(cluster)).ConfigureAwait(false)).Select(node => node.Group).Distinct(),
        "tag" => (await Inventories.NodesAsync(context, new NodeQuery(cluster)).ConfigureAwait(false)).SelectMany(node => node.Tags).Distinct(),
        "region" => (await OfferAsync(context).ConfigureAwait(false)).Regions.Select(region => region.Id),
        "src" or "dst" => (await Inventories.NodesAsync(context, new NodeQuery(cluster)).ConfigureAwait(false))
            .SelectMany(node => new[] { $"{node.Label}:", $"{node.Group}:" }).Distinct(),
        "type" => (await OfferAsync(context).ConfigureAwait(false)).Types.Select(type => type.Id),
        "image" => (await OfferAsync(context).ConfigureAwait(false)).Images.Select(image => image.Id),
        "own-image" => (await OfferAsync(context).ConfigureAwait(false)).Images.Where(image => !image.IsPublic)
            .SelectMany(image => new[] { image.Label, image.Id }).Distinct(),
        "id" or "task" => (await RunTasks.ReadAsync(context, cluster, null).ConfigureAwait(false)).Select(task => task.Id),
        "secret" => (await context.Toolkit.Secrets.ListAsync(context.Cancellation).ConfigureAwait(false)).Union(KnownSecrets.All.Select(known => known.Name)),
        "worker" => context.Toolkit.CanSubmit
            ? (await context.Toolkit.ListWorkersAsync(context.Cancellation).ConfigureAwait(false)).Select(worker => worker.Name) : [],
        "shell" => Resources.Names("completion."),
        "about" => Resources.Names("topic.").Append("options"),
        "output" => ["table", "wide", "json", "yaml", "name"],
        "progress" => ["auto", "tty", "plain", "json", "none"],
        "color" => ["auto", "always", "never"],
        "latency" => ["real", "fast", "none"],
        "on-failure" => ["keep", "stop", "rollback"],
        "format" => LinodeClusterToolkit.LinodeToolkit.ExportFormats.Select(format => format.Name),
        "for" => Enum.GetNames<ClusterState>().Select(state => state.ToLowerInvariant()),
        _ => [],
    };

    private static async Task<LinodeClusterToolkit.Catalog.LinodeOffer> OfferAsync(ToolContext context) =>
        (await context.Toolkit.GetCatalogAsync(refresh: false, context.Cancellation).ConfigureAwait(false)).Offer;
}
