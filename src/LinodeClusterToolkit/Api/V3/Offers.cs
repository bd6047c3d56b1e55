using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Where Linodes can be.</summary>
public sealed record ListDatacenters() : V3Operation<IReadOnlyList<DatacenterReply>>(
    "avail.datacenters", V3Effect.Looks, V3Json.Default.IReadOnlyListDatacenterReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Plans; an unknown id gives none. Their ids were given anew several times over the years.</summary>
public sealed record ListPlans(long? PlanId = null) : V3Operation<IReadOnlyList<PlanReply>>(
    "avail.linodeplans", V3Effect.Looks, V3Json.Default.IReadOnlyListPlanReply, new() { { "PlanID", PlanId } })
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Distributions a disk can be made from.</summary>
public sealed record ListDistributions(long? DistributionId = null) : V3Operation<IReadOnlyList<DistributionReply>>(
    "avail.distributions", V3Effect.Looks, V3Json.Default.IReadOnlyListDistributionReply, new() { { "DistributionID", DistributionId } })
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Kernels; without <c>IsKvm</c> the API leaves out what only KVM has, GRUB 2 and direct disk.</summary>
public sealed record ListKernels(bool? IsXen = null, bool? IsKvm = null) : V3Operation<IReadOnlyList<KernelReply>>(
    "avail.kernels", V3Effect.Looks, V3Json.Default.IReadOnlyListKernelReply,
    new() { { "isXen", V3Digit.Of(IsXen) }, { "isKVM", V3Digit.Of(IsKvm) } })
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Public StackScripts that fit.</summary>
public sealed record ListPublicStackScripts(long? DistributionId = null, string? Vendor = null, string? Keywords = null)
    : V3Operation<IReadOnlyList<StackScriptReply>>("avail.stackscripts", V3Effect.Looks, V3Json.Default.IReadOnlyListStackScriptReply, new()
    {
        { "DistributionID", DistributionId }, { "DistributionVendor", Vendor }, { "keywords", Keywords },
    })
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>What a NodeBalancer costs.</summary>
public sealed record ListBalancerPrices() : V3Operation<IReadOnlyList<BalancerPriceReply>>(
    "avail.nodebalancers", V3Effect.Looks, V3Json.Default.IReadOnlyListBalancerPriceReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>A datacenter as the wire has it.</summary>
public sealed record DatacenterReply(long DatacenterId, string Location = "", string Abbr = "");

/// <summary>A plan as the wire has it: RAM in MB, disk and transfer in GB, stock by datacenter.</summary>
public sealed record PlanReply(
    long PlanId, string Label = "", int? Ram = null, int? Disk = null, int? Xfer = null, int? Cores = null, decimal? Price = null,
    decimal? Hourly = null, IReadOnlyDictionary<string, int?>? Avail = null);

/// <summary>A distribution as the wire has it: smallest disk in MB.</summary>
public sealed record DistributionReply(
    long DistributionId, string Label = "", bool? Is64Bit = null, int? MinImageSize = null, bool? RequiresPvopsKernel = null,
    [property: JsonPropertyName("CREATE_DT")] DateTimeOffset? Created = null);

/// <summary>A kernel as the wire has it.</summary>
public sealed record KernelReply(long KernelId, string Label = "", bool? IsXen = null, bool? IsKvm = null, bool? IsPvops = null);

/// <summary>A NodeBalancer's price as the wire has it.</summary>
public sealed record BalancerPriceReply(decimal? Monthly = null, decimal? Hourly = null, int? Connections = null);
