using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Something that is compared.</summary>
/// <param name="What">node, volume, balancer, firewall or stackscript.</param>
/// <param name="Label">Its label as recorded; of what no record knows, as found.</param>
/// <param name="Key">Identity inside the cluster, where it is known here.</param>
/// <param name="Id">Id in the cloud, where it has one.</param>
internal sealed record Compared(string What, string Label, string? Key, long? Id)
{
    public static Compared Of(NodeRecord node) => new("node", node.Label, node.Key, node.LinodeId);

    public static Compared Of(ResourceRecord made) => new(Word(made.Kind), made.Label, made.Key, made.CloudId);

    public static string Word(ResourceKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>Differences as they are found.</summary>
internal sealed class DriftList(DriftRecords records)
{
    private readonly List<Drift> all = [];

    public IReadOnlyList<Drift> All => all;

    public void Add(Compared one, DriftKind kind, string fact, string? recorded, string? found, DriftRemedy remedy = DriftRemedy.ByHand) =>
        all.Add(new(records.Cluster.Name, kind, one.What, one.Label)
        {
            Key = one.Key, Id = one.Id, Fact = fact, Recorded = recorded, Found = found, Remedy = remedy,
        });

    /// <summary>One value against another; what is unknown on either side is no difference.</summary>
    public void Hold(Compared one, string fact, string? recorded, string? found)
    {
        if (recorded is not null && found is not null && recorded != found)
        {
            Add(one, DriftKind.Changed, fact, recorded, found);
        }
    }

    /// <summary>Tags: the owner tag, and the others where it is known which there should be.</summary>
    public void HoldTags(Compared one, IReadOnlyList<string>? recorded, IReadOnlyList<string> found)
    {
        var owner = records.Cluster.OwnerTag;
        if (!found.Contains(owner))
        {
            Add(one, DriftKind.Changed, "owner tag", owner, null);
        }

        if (recorded is not null && !recorded.ToHashSet(StringComparer.Ordinal).SetEquals(found.Where(tag => tag != owner)))
        {
            Add(one, DriftKind.Changed, "tags", Joined(recorded), Joined(found.Where(tag => tag != owner)));
        }
    }

    /// <summary>What carries the owner tag and is in no record.</summary>
    public void AddExtra(Compared one, string found) => Add(one, DriftKind.Extra, one.What, null, found, DriftRemedy.DeleteOrphan);

    private static string? Joined(IEnumerable<string> tags) =>
        tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } some ? string.Join(", ", some) : null;
}
