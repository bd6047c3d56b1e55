namespace LinodeClusterToolkit.Api.V4;

/// <summary>Every region.</summary>
public sealed record ListRegions() : V4List<RegionReply>($"regions", V4Json.Default.V4PageRegionReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Which types can be had where, for every region.</summary>
public sealed record ListAvailability() : V4List<AvailabilityReply>($"regions/availability", V4Json.Default.V4PageAvailabilityReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Which types can be had in one region; not paged.</summary>
public sealed record GetAvailability(string Region)
    : V4Operation<IReadOnlyList<AvailabilityReply>>(
        HttpMethod.Get, $"regions/{Region}/availability", V4Json.Default.IReadOnlyListAvailabilityReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>A region as the wire has it.</summary>
public sealed record RegionReply(
    string Id, string Label, string Country, IReadOnlyList<string>? Capabilities = null, string? Status = null, string? SiteType = null);

/// <summary>Whether a type can be had in a region.</summary>
public sealed record AvailabilityReply(string Region, string Plan, bool Available);
