using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What in an account is other customers': several may share one, and none of them is shown, or given, what another has made.</summary>
internal static class OthersCloud
{
    /// <summary>What owner tags begin with.</summary>
    public const string Prefix = "lct:";

    /// <summary>The cluster an owner tag stands for; null for every other tag.</summary>
    public static Guid? ClusterOf(string tag) =>
        tag.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(tag[Prefix.Length..], "D", out var id) ? id : null;

    /// <summary>What is not tagged as a cluster of another customer.</summary>
    public static async Task<IReadOnlyList<T>> WithoutAsync<T>(
        IInventoryStore store, IReadOnlyList<T> found, Func<T, IReadOnlyList<string>> tags, CancellationToken cancellation)
    {
        Guid[] clusters = [.. found.SelectMany(tags).Select(ClusterOf).OfType<Guid>().Distinct()];
        var others = await store.OthersAmongAsync(clusters, cancellation).ConfigureAwait(false);
        return others.Count == 0 ? found : [.. found.Where(one => !tags(one).Any(tag => ClusterOf(tag) is { } id && others.Contains(id)))];
    }
}
