using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Reading;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Gives nodes and their volumes identity: nodes that have names keep them, new ones get the next numbers.</summary>
internal sealed class NodeNamer(ClusterPlan plan, Resolution resolution)
{
    private static readonly NameTemplate DefaultLabel = NameTemplate.Parse("{cluster}-{region}-{group}-{counter}");

    private readonly Dictionary<string, string> nodeLabels = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> volumeLabels = new(
        resolution.Request.Known.Values.SelectMany(node => node.Volumes).Select(volume => volume.Label), StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, ResolvedNode> known = resolution.Request.Known.Values.ToLookup(node => $"{node.Region}/{node.Group}");

    /// <summary>What a new node of the group is like.</summary>
    public NodeModel Model(Region region, PlannedRegion planned, NodeGroup group, NodeBuild build)
    {
        var counters = new Dictionary<string, string>(StringComparer.Ordinal);
        var like = new ResolvedNode(
            "", region.Id, group.Name!.Value, 0, "", "", null, null, build.Types, build.Image, group.Tags?.Select(tag => tag.Value).ToArray() ?? [],
            build.Boot, build.PrivateIp, build.Disks,
            [.. build.Volumes.Select(volume => new ResolvedVolume(volume.Name, "", volume.SizeGb, volume.Filesystem, volume.Mount))])
        {
            TakesUserData = build.TakesUserData, Users = build.Users, Egress = build.Egress,
        };
        return new NodeModel(like, Filled(group.NodeNames?.Template ?? DefaultLabel))
        {
            HostName = group.HostNames is { } host ? Filled(host.Template) : null,
            PublicFqdn = group.PublicFqdn is { } open ? Filled(open.Template) : null,
            PrivateFqdn = group.PrivateFqdn is { } inner ? Filled(inner.Template) : null,
            Counters = counters,
            Fits = group.NodeNames is null,
        };

        // What is the same for all nodes is filled in; numbers are given to each.
        string Filled(NameTemplate template) => string.Concat(template.Parts.Select(part => part switch
        {
            Placeholder { Name: Placeholders.Region } => region.Id,
            Placeholder { Name: Placeholders.Group } => group.Name!.Value,
            Placeholder { Name: Placeholders.Cluster } => resolution.Request.Cluster,
            Placeholder { Name: Placeholders.Counter or Placeholders.Index } own => own.ToString(),
            Placeholder named when plan.Vars.TryGetValue(named.Name, out var value) => value.Padded(named.Width),
            Placeholder counter => Counted(counter),
            _ => ((Literal)part).Text,
        }));

        string Counted(Placeholder counter)
        {
            counters[counter.Name] = planned.Counters.Contains(counter.Name) ? $"{region.Id}/{counter.Name}" : counter.Name;
            return counter.ToString();
        }
    }

    public IReadOnlyList<ResolvedNode> Nodes(NodeGroup group, NodeModel model)
    {
        var like = model.Like;
        var address = $"{like.Region}/{like.Group}";
        var old = known[address].OrderBy(node => node.Ordinal).ToArray();
        foreach (var node in old)
        {
            resolution.Counters.Passed(address, node.Ordinal);
        }

        var (count, checks) = (group.Count?.Value ?? 1, new NameChecks(resolution, group, nodeLabels));
        var nodes = new List<ResolvedNode>(count);
        foreach (var named in old.Take(count).Select(node => model.Again(node, VolumeLabel))
            .Concat(Enumerable.Range(0, Math.Max(0, count - old.Length)).Select(_ => New(model))))
        {
            checks.Check(named);
            nodes.Add(named);
        }

        return nodes;
    }

    private ResolvedNode New(NodeModel model) =>
        model.Next(resolution.Counters, VolumeLabel, resolution.NodeLabels == LabelRule.ShortNode);

    private string VolumeLabel(string wanted) => LabelRule.Volume.Free(wanted, volumeLabels);
}
