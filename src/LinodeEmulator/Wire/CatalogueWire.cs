using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeEmulator.State;

namespace LinodeEmulator.Wire;

internal sealed record Resolvers(string Ipv4, string Ipv6);

internal sealed record GroupLimits(int? MaximumPgsPerCustomer, int? MaximumLinodesPerPg, int? MaximumLinodesPerFlexiblePg);

internal sealed record Monitors(IReadOnlyList<string> Alerts, IReadOnlyList<string> Metrics);

internal sealed record RegionWire(
    string Id, string Label, string Country, IReadOnlyList<string> Capabilities, Monitors Monitors, string Status, Resolvers Resolvers,
    GroupLimits? PlacementGroupLimits, string SiteType)
{
    public bool Offers(string capability) => Capabilities.Contains(capability);
}

internal sealed record AvailabilityWire(string Region, string Plan, bool Available);

internal sealed record Price(decimal? Hourly, decimal? Monthly);

internal sealed record RegionPrice(string Id, decimal? Hourly, decimal? Monthly);

internal sealed record BackupAddon(Price Price, IReadOnlyList<RegionPrice> RegionPrices);

internal sealed record Addons(BackupAddon Backups);

internal sealed record TypeWire(
    string Id, string Label, Price Price, IReadOnlyList<RegionPrice> RegionPrices, Addons Addons, int Memory, int Disk, int Transfer, int Vcpus,
    int Gpus,
    int NetworkOut, string Class, string? Successor)
{
    [JsonIgnore]
    public Specs Specs => new(Disk, Memory, Vcpus, Gpus, Transfer);
}

internal sealed record KernelWire(string Id, string Label, string Version, bool Kvm, string Architecture, bool Pvops, bool Deprecated, string? Built);

internal sealed record ImageRegion(string Region, string Status);

internal sealed record ImageWire(
    string Id, string Label, string? Description, int Size, int TotalSize, string Status, string Type, bool IsPublic, bool Deprecated, string? Vendor,
    string? Expiry,
    string? Eol, string? CreatedBy, string Created, string Updated, IReadOnlyList<string> Capabilities, IReadOnlyList<ImageRegion>? Regions,
    IReadOnlyList<string> Tags)
{
    public bool IsShared { get; init; }

    public JsonElement? ImageSharing { get; init; }
}

/// <summary>An image to be, and where its file is to be sent.</summary>
internal sealed record ImageUploadWire(ImageWire Image, string UploadTo);

/// <summary>A StackScript that others made public.</summary>
internal sealed record PublicScript(
    long Id, string Username, string Label, string Description, IReadOnlyList<string> Images, string Script, string RevNote);
