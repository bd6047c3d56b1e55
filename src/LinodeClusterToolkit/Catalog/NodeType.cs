namespace LinodeClusterToolkit.Catalog;

/// <summary>A size of node that can be ordered, which Linode calls a plan or type.</summary>
/// <param name="Id">Id in the API, such as <c>g6-standard-1</c>.</param>
/// <param name="Label">Name in Cloud Manager, such as <c>Linode 2GB</c>.</param>
/// <param name="Class"><c>nanode</c>, <c>standard</c>, <c>dedicated</c>, <c>highmem</c>, <c>premium</c>, <c>gpu</c> …</param>
/// <param name="MemoryMb">Memory; 1 GB is 1024 MB.</param>
/// <param name="DiskMb">Local disk; 1 GB is 1024 MB.</param>
/// <param name="Vcpus">Virtual processors.</param>
/// <param name="Gpus">Graphics processors.</param>
/// <param name="TransferGb">Outgoing traffic included in a month.</param>
/// <param name="NetworkOutMbit">Most outgoing traffic, in Mbit/s.</param>
/// <param name="Price">Price where no other is published for the region.</param>
/// <param name="RegionPrices">Other prices, by region id.</param>
/// <param name="Successor">Id of the type that took its place, for a type no longer sold.</param>
public sealed record NodeType(
    string Id, string Label, string Class, int MemoryMb, int DiskMb, int Vcpus, int Gpus, int TransferGb, int NetworkOutMbit,
    Price Price, IReadOnlyDictionary<string, Price> RegionPrices, string? Successor) : ICatalogEntry
{
    /// <summary>What backups of a node cost more, where no other price is published for the region; null where that is not known.</summary>
    public Price? Backups { get; init; }

    /// <summary>Other prices of backups, by region id.</summary>
    public IReadOnlyDictionary<string, Price> BackupRegionPrices { get => field ?? new Dictionary<string, Price>(); init; }

    /// <summary>What backups of a node cost more in one region; null where that is not known.</summary>
    public Price? BackupsIn(string regionId) => BackupRegionPrices.GetValueOrDefault(regionId) ?? Backups;

    /// <summary>The price in one region: its own where one is published, else the general one.</summary>
    public Price PriceIn(string regionId) => RegionPrices.GetValueOrDefault(regionId, Price);
}
