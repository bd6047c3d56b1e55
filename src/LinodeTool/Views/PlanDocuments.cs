using System.Text.Json.Serialization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Plans;

namespace LinodeTool.Views;

/// <summary>A node of a plan with everything decided.</summary>
internal sealed record PlannedNodeDocument(
    string Key, string Label, string Region, string Group, int Ordinal, string Hostname, string? PublicFqdn, string? PrivateFqdn,
    string Type, IReadOnlyList<string> Types, string Image, IReadOnlyList<string> Tags, bool Boot, bool PrivateIp,
    IReadOnlyList<ResolvedDisk> Disks, IReadOnlyList<ResolvedVolume> Volumes, IReadOnlyList<string> Users, IReadOnlyList<string> Uses,
    IReadOnlyList<MountDocument> Mounts, bool TakesUserData)
{
    public static PlannedNodeDocument From(ResolvedNode node) => new(
        node.Key, node.Label, node.Region, node.Group, node.Ordinal, node.HostName, node.PublicFqdn, node.PrivateFqdn,
        node.Type, node.Types, node.Image, node.Tags, node.Boot, node.PrivateIp, node.Disks, node.Volumes,
        node.Users, node.Egress, MountDocument.From(node), node.TakesUserData);
}

/// <summary>A group of a plan.</summary>
internal sealed record PlannedGroupDocument(string Region, string Group, int Count, int Min, string Type, string Image, string FirstLabel,
    string LastLabel)
{
    public IReadOnlyList<string> Users { get; init; } = [];

    public IReadOnlyList<string> Uses { get; init; } = [];

    public IReadOnlyList<MountDocument> Mounts { get; init; } = [];

    /// <summary>Groups that start before it and stop after it.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>What is done to its nodes, in order.</summary>
    public IReadOnlyList<ActionDocument> Actions { get; init; } = [];

    public static IReadOnlyList<PlannedGroupDocument> From(ResolvedPlan plan) =>
        [.. from region in plan.Regions
            from @group in region.Groups
            where @group.Nodes.Count > 0
            select new PlannedGroupDocument(
                region.Id, @group.Name, @group.Nodes.Count, @group.Min, @group.Nodes[0].Type, @group.Nodes[0].Image,
                @group.Nodes[0].Label, @group.Nodes[^1].Label)
            {
                Users = @group.Nodes[0].Users,
                Uses = [.. @group.Nodes[0].Egress, .. @group.Uses],
                Mounts = MountDocument.From(@group.Nodes[0]),
                DependsOn = @group.DependsOn,
                Actions = [.. @group.Actions.Select(ActionDocument.From)],
            }];
}

/// <summary>An action of a group.</summary>
internal sealed record ActionDocument(string At, string Name, string RunOn, int Retries)
{
    public static ActionDocument From(ResolvedAction action) => new(
        action.At.ToString().ToLowerInvariant(), action.Name, action.RunOn == LinodeClusterToolkit.Plans.RunOn.EachInTurn ? "each-in-turn"
            : action.RunOn.ToString().ToLowerInvariant(), action.Retries);
}

/// <summary>A place where a node has a filesystem of its own.</summary>
internal sealed record MountDocument(string Path, string Filesystem, string Of)
{
    public static IReadOnlyList<MountDocument> From(ResolvedNode node) =>
    [
        .. node.Disks.Where(disk => disk.Mount is not null)
            .Select(disk => new MountDocument(disk.Mount!, disk.MadeOnNode ?? disk.Filesystem, disk.Label)),
        .. node.Volumes.Where(volume => volume.Mount is not null)
            .Select(volume => new MountDocument(volume.Mount!, volume.Filesystem ?? "", volume.Name)),
    ];
}

/// <summary>A plan in short.</summary>
internal sealed record PlanDocument(
    string Name, int NodeCount, int VolumeCount, IReadOnlyList<PlannedGroupDocument> Groups, IReadOnlyList<ResolvedBalancer> Balancers,
        IReadOnlyList<string> Notes)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CostDocument? Cost { get; init; }

    public required SshDocument Ssh { get; init; }

    public IReadOnlyList<UserDocument> Users { get; init; } = [];

    public static PlanDocument From(ResolvedPlan plan, PlanCost? cost) => new(
        plan.PlanName, plan.Nodes.Count(), plan.Nodes.Sum(node => node.Volumes.Count), PlannedGroupDocument.From(plan), [.. plan.Balancers],
            plan.Notes)
    {
        Cost = cost is null ? null : CostDocument.From(cost),
        Ssh = SshDocument.Of(plan.Ssh),
        Users = UserDocument.From(plan),
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
    /// <summary>What cluster apply does, where the cluster stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApplyDocument? Apply { get; init; }

    public static PreviewDocument From(ClusterPreview preview) => new(
        preview.Cluster, preview.Situation.ToString().ToLowerInvariant(), preview.Adds, CostDocument.From(preview.Cost),
        preview.LeastTime.Time.TotalSeconds, preview.LeastTime.Calls, preview.LeastTime.Because,
        PlanDocument.From(preview.Plan, null), [.. preview.Warnings.Select(ErrorBody.From)]);
}

/// <summary>A checked plan file.</summary>
internal sealed record ValidationDocument(string File, bool Valid, int? NodeCount, IReadOnlyList<ErrorBody> Errors,
    IReadOnlyList<ErrorBody> Warnings);
