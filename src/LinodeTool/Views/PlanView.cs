using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Plans;
using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class PlanView
{
    private static readonly string[] Transitions = [.. Enum.GetNames<Transition>().Select(name => name.ToLowerInvariant())];

    public static Shape<PlannedNodeDocument> Nodes => new(ToolJson.Default.PlannedNodeDocument, node => node.Label,
    [
        new("label", node => node.Label),
        new("region", node => node.Region),
        new("group", node => node.Group),
        new("ordinal", node => node.Ordinal.ToString(CultureInfo.InvariantCulture)) { Right = true },
        new("type", node => node.Type),
        new("image", node => node.Image),
        new("hostname", node => node.Hostname),
        new("tags", node => string.Join(',', node.Tags)),
        new("public_fqdn", node => node.PublicFqdn) { Wide = true },
        new("private_fqdn", node => node.PrivateFqdn) { Wide = true },
        new("disks", node => string.Join(' ', node.Disks.Select(disk => $"{disk.Label}:{disk.SizeMb}MB:{disk.MadeOnNode ?? disk.Filesystem}"))) { Wide = true },
        new("volumes", node => string.Join(' ', node.Volumes.Select(volume => $"{volume.Label}:{volume.SizeGb}GB:{volume.Filesystem}".TrimEnd(':')))) { Wide = true },
        new("mounts", node => string.Join(' ', node.Mounts.Select(mount => $"{mount.Path}:{mount.Of}"))) { Wide = true },
        new("users", node => string.Join(',', node.Users)) { Wide = true },
        new("uses", node => string.Join(',', node.Uses)) { Wide = true },
        new("boot", node => node.Boot ? "yes" : "no") { Wide = true },
        new("private_ip", node => node.PrivateIp ? "yes" : "no") { Wide = true },
    ]);

    public static Shape<PlanDocument> Plan => new(ToolJson.Default.PlanDocument, plan => plan.Name,
    [
        new("name", plan => plan.Name),
        new("nodes", plan => $"{plan.NodeCount}") { Right = true },
        new("volumes", plan => $"{plan.VolumeCount}") { Right = true },
        new("balancers", plan => $"{plan.Balancers.Count}") { Right = true },
        new("monthly", plan => plan.Cost is { } cost ? Say.Money(cost.Monthly) : null) { Right = true },
    ]);

    public static Shape<ValidationDocument> Validation => new(ToolJson.Default.ValidationDocument, file => file.File,
    [
        new("file", file => file.File),
        new("result", file => file.Valid ? "valid" : Say.Count(file.Errors.Count, "error")),
        new("warnings", file => $"{file.Warnings.Count}") { Right = true },
        new("nodes", file => file.NodeCount?.ToString(CultureInfo.InvariantCulture)) { Right = true },
    ]);

    public static IReadOnlyList<Column<PlannedGroupDocument>> Groups =>
    [
        new("region", group => group.Region),
        new("group", group => group.Group),
        new("nodes", group => $"{group.Count}") { Right = true },
        new("type", group => group.Type),
        new("image", group => group.Image),
        new("labels", group => group.Count == 1 ? group.FirstLabel : Span(group.FirstLabel, group.LastLabel)),
    ];

    /// <summary>First to last label; what both begin with is said once: <c>web-us-east-1…20</c>.</summary>
    internal static string Span(string first, string last)
    {
        var shared = first.Zip(last).TakeWhile(pair => pair.First == pair.Second).Count();
        while (shared > 0 && char.IsAsciiDigit(first[shared - 1]))
        {
            shared--;
        }

        return last[shared..].All(char.IsAsciiDigit) ? $"{first}…{last[shared..]}" : $"{first} … {last}";
    }

    public static IEnumerable<string> Text(PlanDocument plan) =>
    [
        $"{plan.Name}: {Say.Count(plan.NodeCount, "node")}, {Say.Count(plan.Balancers.Count, "balancer")}, {Say.Count(plan.VolumeCount, "volume")}",
        .. Table.Lines(plan.Groups, Groups, header: true).Prepend(""),
        .. plan.Balancers.Count > 0 ? Table.Lines(plan.Balancers, Balancers, header: true).Prepend("") : [],
        .. Order(plan.Groups) is { Count: > 0 } order ? order.Prepend("") : [],
        .. Actions(plan.Groups) is { Count: > 0 } actions ? actions.Prepend("") : [],
        .. AccessView.Text(plan).Prepend(""),
        .. plan.Notes.Count > 0 ? plan.Notes.Select(note => "note: " + Say.Plain(note)).Prepend("") : [],
        .. plan.Cost is { } cost ? Cost(cost).Prepend("") : [],
    ];

    /// <summary>Which groups start after which; the same for all regions of a region plan, so each group is told once.</summary>
    private static List<string> Order(IReadOnlyList<PlannedGroupDocument> groups) =>
        [.. groups.Where(group => group.DependsOn.Count > 0).DistinctBy(group => group.Group)
            .Select(group => $"{group.Group} starts after {string.Join(", ", group.DependsOn)}")];

    /// <summary>What is done when, each action with the groups it is done to.</summary>
    private static IReadOnlyList<string> Actions(IReadOnlyList<PlannedGroupDocument> groups)
    {
        var rows = groups.SelectMany(group => group.Actions.Select(action => (Action: action, group.Group))).GroupBy(one => one.Action)
            .OrderBy(same => Array.IndexOf(Transitions, same.Key.At))
            .Select(same => (same.Key, Groups: string.Join(", ", same.Select(one => one.Group).Distinct()))).ToList();
        return rows.Count == 0 ? [] : [.. Table.Lines<(ActionDocument Action, string Groups)>(
            rows,
            [
                new("transition", row => row.Action.At),
                new("action", row => row.Action.Name),
                new("run_on", row => row.Action.RunOn),
                new("groups", row => row.Groups),
            ],
            header: true)];
    }

    public static IEnumerable<string> Cost(CostDocument cost) =>
    [
        .. Table.Lines<CostLine>(
            [.. cost.Lines, new CostLine("total", "", "", cost.Lines.Sum(line => line.Count), cost.Hourly, cost.Monthly)],
            [
                new("region", line => line.Region),
                new("what", line => line.What),
                new("type", line => line.Type),
                new("count", line => $"{line.Count}") { Right = true },
                new("hourly", line => Say.Hourly(line.Hourly)) { Right = true },
                new("monthly", line => Say.Money(line.Monthly)) { Right = true },
            ],
            header: true),
    ];

    private static IReadOnlyList<Column<ResolvedBalancer>> Balancers =>
    [
        new("region", balancer => balancer.Region),
        new("balancer", balancer => balancer.Label),
        new("ports", balancer => string.Join(' ', balancer.Ports.Select(port => $"{port.Port}→{port.BackendPort}/{port.Protocol}"))),
        new("back ends", balancer => $"{balancer.Ports.SelectMany(port => port.Backends).Distinct().Count()}") { Right = true },
    ];
}
