namespace LinodeClusterToolkit.Api.V4;

/// <summary>Every type of node with its prices.</summary>
public sealed record ListTypes() : V4List<TypeReply>($"linode/types", V4Json.Default.V4PageTypeReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>A type as the wire has it: memory and disk in MB, transfer in GB, network in Mbit/s.</summary>
public sealed record TypeReply(
    string Id, string Label, string Class, int Memory, int Disk, int Vcpus,
    int Gpus = 0, int Transfer = 0, int NetworkOut = 0, PriceReply? Price = null, IReadOnlyList<RegionPriceReply>? RegionPrices = null,
    string? Successor = null)
{
    /// <summary>What goes with it for more money.</summary>
    public AddonsReply? Addons { get; init; }
}

/// <summary>What goes with a type for more money.</summary>
public sealed record AddonsReply(AddonReply? Backups = null);

/// <summary>Prices of something that goes with a type.</summary>
public sealed record AddonReply(PriceReply? Price = null, IReadOnlyList<RegionPriceReply>? RegionPrices = null);

/// <summary>A price in US dollars; null where the API names none.</summary>
public sealed record PriceReply(decimal? Hourly = null, decimal? Monthly = null);

/// <summary>The price in one region, in US dollars; null where the API names none.</summary>
public sealed record RegionPriceReply(string Id, decimal? Hourly = null, decimal? Monthly = null);
