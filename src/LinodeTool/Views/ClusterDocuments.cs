using System.Text.Json.Serialization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;

namespace LinodeTool.Views;

// The documents of -o json and yaml. Members are only ever added; the records of the library may change without these.

/// <summary>A node.</summary>
internal sealed record NodeDocument(
    long? Id, string Label, string? Cluster, string Region, string Group, int Ordinal, IReadOnlyList<string> Tags, string Type, string Image,
    string Hostname, string? PublicIpv4, string? PrivateIpv4, string? Ipv6, string Power, string State,
    string? PublicFqdn, string? PrivateFqdn, string? Failure, DateTimeOffset Updated)
{
    /// <summary>What is known of its inside: none, recorded or configured.</summary>
    public string Configuration { get; init; } = "none";

    /// <summary>Whether its system came up: unknown, off, booting or up.</summary>
    public string Boot { get; init; } = "unknown";

    /// <summary>Its changes of state, oldest first; only where one node is shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeDocument>? History { get; init; }

    /// <summary>Last barrier it passed with its cluster: none, started, clusterstarted, regionready or planready.</summary>
    public string Stage { get; init; } = "none";

    /// <summary>When it was first written down.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>How long ago that is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AgeSeconds { get; init; }

    /// <summary>USD an hour by the catalogue, where it knows the type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Price { get; init; }

    /// <summary>USD a month.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? PriceMonthly { get; init; }

    /// <summary>Account the toolkit logs in to.</summary>
    public string? Login { get; init; }

    /// <summary>Host keys it may show.</summary>
    public IReadOnlyList<string> HostKeys { get; init; } = [];

    /// <summary>How it is known that they are its own: unknown, injected, stackscript or accepted.</summary>
    public string HostKeyOrigin { get; init; } = "unknown";

    public static NodeDocument From(NodeRecord node, string? cluster) => new(
        node.LinodeId, node.Label, cluster, node.Region, node.Group, node.Ordinal, node.Tags, node.Type, node.Image,
        node.HostName, node.PublicIpv4, node.PrivateIpv4, node.Ipv6, node.Power, node.State.Word(),
        node.PublicFqdn, node.PrivateFqdn, node.Failure, node.Updated)
    {
        Configuration = node.Configuration.ToString().ToLowerInvariant(), Boot = node.Boot.ToString().ToLowerInvariant(),
        Login = node.Login, HostKeys = node.HostKeys,
        HostKeyOrigin = node.HostKeyOrigin.ToString().ToLowerInvariant(), Stage = node.Stage.ToString().ToLowerInvariant(),
        Created = node.Created,
    };
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
    /// <summary>The state in four words: starting, running, stopping or stopped.</summary>
    public string Activity { get; init; } = "stopped";

    /// <summary>Last barrier that every node passed that must: none, started, clusterstarted, regionready or planready.</summary>
    public string Stage { get; init; } = "none";

    /// <summary>The same for the cluster of each region.</summary>
    public IReadOnlyDictionary<string, string> RegionStages { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it, or a cluster of a set, is refused to be deleted.</summary>
    public bool Protected { get; init; }

    /// <summary>Who works on it now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WorkDocument? Work { get; init; }

    /// <summary>What its last run did: create, delete, …</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastRunVerb { get; init; }

    /// <summary>How it stands: running, done, failed or interrupted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastRunState { get; init; }

    /// <summary>Command line that goes on with it, where it has not ended well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Next { get; init; }

    /// <summary>Clusters of a set in the order of their start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Clusters { get; init; }

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
            nodes.Count(node => node.State == NodeState.Ready), nodes.Count(node => node.State == NodeState.Failed),
            Count(ResourceKind.Balancer), Count(ResourceKind.Volume), view.Cost?.Hourly, view.Cost?.Monthly)
        {
            Clusters = view.Plan is { Members: { Count: > 0 } members } ? [.. members.Select(member => member.Cluster)] : null,
            Protected = view.Members.Append(view).Any(one => one.Cluster.IsProtected),
            Activity = view.Activity.ToString().ToLowerInvariant(), Stage = view.Stage.ToString().ToLowerInvariant(),
            RegionStages = view.RegionStages.ToDictionary(region => region.Key, region => region.Value.ToString().ToLowerInvariant()),
        };
    }

    public static ClusterDocument WithMembers(ClusterView view)
    {
        if (view.Members.Count > 0)
        {
            // Keys are unique within a cluster, and each node says which is its own.
            var members = view.Members.Select(WithMembers).ToList();
            return From(view) with
            {
                Nodes = [.. members.SelectMany(member => member.Nodes ?? [])], Resources = [.. members.SelectMany(member => member.Resources ?? [])],
            };
        }

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
    double ElapsedSeconds, double? LeastSeconds, double? CloudSeconds, long Calls, long RateWaits, double RateWaitedSeconds,
    decimal CostHourly, IReadOnlyList<FailureDocument> Failures, IReadOnlyList<RemainingDocument> Remains)
{
    /// <summary>Nodes that were to get a new key and are still opened by their old one.</summary>
    public IReadOnlyList<string>? KeysKept { get; init; }

    public static RunDocument From(RunSummary summary) => new(
        summary.Run, summary.Cluster, summary.Verb, summary.Outcome, summary.Nodes, summary.NodesDone, summary.NodesFailed, summary.StepsDone,
        Math.Round(summary.Elapsed.TotalSeconds, 3), summary.LeastTime?.TotalSeconds, summary.CloudTime?.TotalSeconds,
        summary.Calls, summary.RateWaits, Math.Round(summary.RateWaited.TotalSeconds, 3), summary.HourlyCost,
        [.. summary.Failures.Select(failure => new FailureDocument(
            failure.Step, failure.Region, failure.Group, failure.Node, failure.Attempts, ErrorBody.From(failure.Problem)))],
        [.. summary.Remains.Select(one => new RemainingDocument(one.Kind, one.Id, one.Label, one.Region, one.Hourly, one.Monthly))])
    {
        KeysKept = summary.Verb == "rotate-keys" ? summary.KeysKept : null,
    };
}

/// <summary>What a run that deletes has left.</summary>
internal sealed record RemainingDocument(string Kind, long Id, string Label, string? Region, decimal CostHourly, decimal CostMonthly);

internal sealed record FailureDocument(string Step, string? Region, string? Group, string? Node, int Attempts, ErrorBody Error);

internal static class StateWords
{
    public static string Word(this NodeState state) => state.ToString().ToLowerInvariant();
}
