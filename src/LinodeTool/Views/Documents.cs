using System.Text.Json.Serialization;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeTool.Views;

// The documents of -o json and yaml. Members are only ever added; the records of the library may change without these.

/// <summary>A node.</summary>
internal sealed record NodeDocument(
    long? Id, string Label, string? Cluster, string Region, string Group, int Ordinal, IReadOnlyList<string> Tags, string Type, string Image,
    string Hostname, string? PublicIpv4, string? PrivateIpv4, string? Ipv6, string Power, string State,
    string? PublicFqdn, string? PrivateFqdn, string? Failure, DateTimeOffset Updated)
{
    public static NodeDocument From(NodeRecord node, string? cluster) => new(
        node.LinodeId, node.Label, cluster, node.Region, node.Group, node.Ordinal, node.Tags, node.Type, node.Image,
        node.HostName, node.PublicIpv4, node.PrivateIpv4, node.Ipv6, node.Power, node.State.Word(),
        node.PublicFqdn, node.PrivateFqdn, node.Failure, node.Updated);
}

/// <summary>A balancer, volume, firewall, disk or boot configuration of a cluster.</summary>
internal sealed record ResourceDocument(long? Id, string Kind, string Key, string Label, string? Region, string? Node, long? Size, string? Address)
{
    public static ResourceDocument From(ResourceRecord resource, IReadOnlyDictionary<string, string> labels) => new(
        resource.CloudId, resource.Kind.ToString().ToLowerInvariant(), resource.Key, resource.Label, resource.Region,
        resource.NodeKey is { } key ? labels.GetValueOrDefault(key, key) : null, resource.Size, resource.Address);
}

/// <summary>A cluster; its members only where one cluster is shown.</summary>
internal sealed record ClusterDocument(
    string Name, Guid Id, string State, string Plan, DateTimeOffset Created, string? LastRun, IReadOnlyList<string> Regions,
    int NodeCount, int ReadyCount, int FailedCount, int BalancerCount, int VolumeCount, decimal? CostHourly, decimal? CostMonthly)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NodeDocument>? Nodes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ResourceDocument>? Resources { get; init; }

    /// <summary>The run that led here, where a command ran one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunDocument? Run { get; init; }

    public static ClusterDocument From(ClusterView view)
    {
        var nodes = view.Nodes.Where(node => node.State != NodeState.Gone).ToList();
        int Count(ResourceKind kind) => view.Resources.Count(resource => resource.Kind == kind);
        return new(
            view.Cluster.Name, view.Cluster.Id, view.Cluster.State.ToString().ToLowerInvariant(), view.Cluster.PlanName, view.Cluster.Created,
            view.Cluster.LastRun, [.. nodes.Select(node => node.Region).Distinct()], nodes.Count,
            nodes.Count(node => node.State == NodeState.Created), nodes.Count(node => node.State == NodeState.Failed),
            Count(ResourceKind.Balancer), Count(ResourceKind.Volume), view.Cost?.Hourly, view.Cost?.Monthly);
    }

    public static ClusterDocument WithMembers(ClusterView view)
    {
        var labels = view.Nodes.ToDictionary(node => node.Key, node => node.Label);
        return From(view) with
        {
            Nodes = [.. view.Nodes.Select(node => NodeDocument.From(node, view.Cluster.Name))],
            Resources = [.. view.Resources.Select(resource => ResourceDocument.From(resource, labels))],
        };
    }
}

/// <summary>How a run ended.</summary>
internal sealed record RunDocument(
    string Run, string Cluster, string Verb, string Outcome, int Nodes, int NodesDone, int NodesFailed, int StepsDone,
    double ElapsedSeconds, double? LeastSeconds, double? CloudSeconds, long Calls, long RateWaits, decimal CostHourly,
    IReadOnlyList<FailureDocument> Failures)
{
    public static RunDocument From(RunSummary summary) => new(
        summary.Run, summary.Cluster, summary.Verb, summary.Outcome, summary.Nodes, summary.NodesDone, summary.NodesFailed, summary.StepsDone,
        Math.Round(summary.Elapsed.TotalSeconds, 3), summary.LeastTime?.TotalSeconds, summary.CloudTime?.TotalSeconds,
        summary.Calls, summary.RateWaits, summary.HourlyCost,
        [.. summary.Failures.Select(failure => new FailureDocument(
            failure.Step, failure.Region, failure.Group, failure.Node, failure.Attempts, ErrorBody.From(failure.Problem)))]);
}

internal sealed record FailureDocument(string Step, string? Region, string? Group, string? Node, int Attempts, ErrorBody Error);

/// <summary>What standard error gets under -o json.</summary>
internal sealed record ErrorDocument(ErrorBody Error)
{
    /// <summary>The others, where several things are wrong at once; the last and most important is <see cref="Error"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Errors { get; init; }

    public static ErrorDocument From(IReadOnlyList<Problem> problems) => new(ErrorBody.From(problems[^1]))
    {
        Errors = problems.Count > 1 ? [.. problems.Select(ErrorBody.From)] : null,
    };
}

internal sealed record ErrorBody(
    string Code, string What, ErrorPlace Where, string? Why, IReadOnlyList<string> Fix, bool Retryable, string? RequestId)
{
    public static ErrorBody From(Problem problem) => new(
        problem.Code, problem.What,
        new(problem.Position?.File, problem.Position?.Line, problem.Position?.Column, problem.Path ?? problem.Where),
        problem.Why, problem.Fixes, problem.Retryable, problem.RequestId);
}

internal sealed record ErrorPlace(string? File, int? Line, int? Column, string? Path);

/// <summary>A node of a plan with everything decided.</summary>
internal sealed record PlannedNodeDocument(
    string Key, string Label, string Region, string Group, int Ordinal, string Hostname, string? PublicFqdn, string? PrivateFqdn,
    string Type, IReadOnlyList<string> Types, string Image, IReadOnlyList<string> Tags, bool Boot, bool PrivateIp,
    IReadOnlyList<ResolvedDisk> Disks, IReadOnlyList<ResolvedVolume> Volumes)
{
    public static PlannedNodeDocument From(ResolvedNode node) => new(
        node.Key, node.Label, node.Region, node.Group, node.Ordinal, node.HostName, node.PublicFqdn, node.PrivateFqdn,
        node.Type, node.Types, node.Image, node.Tags, node.Boot, node.PrivateIp, node.Disks, node.Volumes);
}

/// <summary>A group of a plan.</summary>
internal sealed record PlannedGroupDocument(string Region, string Group, int Count, int Min, string Type, string Image, string FirstLabel, string LastLabel)
{
    public static IReadOnlyList<PlannedGroupDocument> From(ResolvedPlan plan) =>
        [.. from region in plan.Regions
            from @group in region.Groups
            where @group.Nodes.Count > 0
            select new PlannedGroupDocument(
                region.Id, @group.Name, @group.Nodes.Count, @group.Min, @group.Nodes[0].Type, @group.Nodes[0].Image,
                @group.Nodes[0].Label, @group.Nodes[^1].Label)];
}

/// <summary>A plan in short.</summary>
internal sealed record PlanDocument(
    string Name, int NodeCount, int VolumeCount, IReadOnlyList<PlannedGroupDocument> Groups, IReadOnlyList<ResolvedBalancer> Balancers, IReadOnlyList<string> Notes)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CostDocument? Cost { get; init; }

    public static PlanDocument From(ResolvedPlan plan, PlanCost? cost) => new(
        plan.PlanName, plan.Nodes.Count(), plan.Nodes.Sum(node => node.Volumes.Count), PlannedGroupDocument.From(plan), [.. plan.Balancers], plan.Notes)
    {
        Cost = cost is null ? null : CostDocument.From(cost),
    };
}

internal sealed record CostDocument(decimal Hourly, decimal Monthly, IReadOnlyList<CostLine> Lines)
{
    public static CostDocument From(PlanCost cost) => new(cost.Hourly, cost.Monthly, cost.Lines);
}

/// <summary>What a run would do.</summary>
internal sealed record PreviewDocument(
    string Cluster, string Situation, AddCounts Adds, CostDocument Cost, double LeastSeconds, int Calls, string Because,
    PlanDocument Plan, IReadOnlyList<ErrorBody> Warnings)
{
    public static PreviewDocument From(ClusterPreview preview) => new(
        preview.Cluster, preview.Situation.ToString().ToLowerInvariant(), preview.Adds, CostDocument.From(preview.Cost),
        preview.LeastTime.Time.TotalSeconds, preview.LeastTime.Calls, preview.LeastTime.Because,
        PlanDocument.From(preview.Plan, null), [.. preview.Warnings.Select(ErrorBody.From)]);
}

/// <summary>A checked plan file.</summary>
internal sealed record ValidationDocument(string File, bool Valid, int? NodeCount, IReadOnlyList<ErrorBody> Errors, IReadOnlyList<ErrorBody> Warnings);

internal sealed record RegionDocument(string Id, string Label, string Country, string Status, string SiteType, IReadOnlyList<string> Capabilities)
{
    public static RegionDocument From(Region region) => new(
        region.Id, region.Label, region.Country, region.Status, region.SiteType, [.. region.Capabilities.Order(StringComparer.Ordinal)]);
}

internal sealed record TypeDocument(
    string Id, string Label, string Class, int MemoryMb, int DiskMb, int Vcpus, int Gpus, int TransferGb, decimal Hourly, decimal? Monthly, string? Successor)
{
    public static TypeDocument From(NodeType type) => new(
        type.Id, type.Label, type.Class, type.MemoryMb, type.DiskMb, type.Vcpus, type.Gpus, type.TransferGb,
        type.Price.Hourly, type.Price.Monthly, type.Successor);
}

internal sealed record ImageDocument(string Id, string Label, string? Vendor, int SizeMb, bool Deprecated, bool CloudInit)
{
    public static ImageDocument From(Image image) => new(image.Id, image.Label, image.Vendor, image.SizeMb, image.Deprecated, image.HasCloudInit);
}

internal sealed record KernelDocument(string Id, string Label, string Version, string Architecture, bool Deprecated)
{
    public static KernelDocument From(Kernel kernel) => new(kernel.Id, kernel.Label, kernel.Version, kernel.Architecture, kernel.Deprecated);
}

/// <summary>A step of a run. The id is the run and the step's place in its journal.</summary>
internal sealed record TaskDocument(
    string Id, string Run, string? Cluster, string Step, string State, int Attempts, DateTimeOffset? Started, DateTimeOffset? Ended, string? Problem)
{
    public static TaskDocument From(JournalEntry entry, int place, string? cluster) => new(
        FormattableString.Invariant($"{entry.Run}.{place}"), entry.Run, cluster, entry.Step, entry.State.ToString().ToLowerInvariant(),
        entry.Attempts, entry.Started, entry.Ended, entry.Problem);
}

/// <summary>A secret; the value only where it was asked for in so many words.</summary>
internal sealed record SecretDocument(string Name)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Value { get; init; }
}

/// <summary>The local emulator.</summary>
internal sealed record EmulatorDocument(bool Running, string? Url, int? Pid, DateTimeOffset? Started, string Home, string Log);

internal sealed record VersionDocument(string Name, string Version, string Runtime, string System);

internal static class StateWords
{
    public static string Word(this NodeState state) => state.ToString().ToLowerInvariant();
}
