using System.Globalization;
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

    public IReadOnlyList<ResolvedNode> Nodes(Region region, PlannedRegion planned, NodeGroup group, NodeBuild build)
    {
        var address = $"{region.Id}/{group.Name!.Value}";
        var old = known[address].OrderBy(node => node.Ordinal).ToArray();
        foreach (var node in old)
        {
            resolution.Counters.Passed(address, node.Ordinal);
        }

        var (count, checks) = (group.Count?.Value ?? 1, new NameChecks(resolution, group, nodeLabels));
        var tags = group.Tags?.Select(tag => tag.Value).ToArray() ?? [];
        var nodes = new List<ResolvedNode>(count);
        foreach (var named in old.Take(count).Select(node => node with { Volumes = Volumes(build, node.Label, node.Volumes) })
            .Concat(Enumerable.Range(0, Math.Max(0, count - old.Length)).Select(_ => New(region, planned, group, address, build))))
        {
            checks.Check(named);
            nodes.Add(named with
            {
                Types = build.Types, Image = build.Image, Tags = tags, Boot = build.Boot, PrivateIp = build.PrivateIp, Disks = build.Disks,
                TakesUserData = build.TakesUserData, Users = build.Users, Egress = build.Egress,
            });
        }

        return nodes;
    }

    private ResolvedNode New(Region region, PlannedRegion planned, NodeGroup group, string address, NodeBuild build)
    {
        var ordinal = resolution.Counters.Take(address);
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal) { [Placeholders.Counter] = ordinal, [Placeholders.Index] = ordinal - 1 };
        var wanted = (group.NodeNames?.Template ?? DefaultLabel).Render(Value);

        // A name the plan gives is taken or refused; where it gives none, one that fits will do.
        var label = group.NodeNames is null && resolution.NodeLabels == LabelRule.ShortNode ? LabelRule.ShortNode.Fit(wanted) : wanted;
        return new ResolvedNode(
            string.Create(CultureInfo.InvariantCulture, $"{address}/{ordinal}"), region.Id, group.Name!.Value, (int)ordinal,
            label, group.HostNames?.Template.Render(Value) ?? HostNames.FromLabel(wanted),
            group.PublicFqdn?.Template.Render(Value), group.PrivateFqdn?.Template.Render(Value),
            build.Types, build.Image, [], build.Boot, build.PrivateIp, build.Disks, Volumes(build, wanted, []));

        TemplateValue Value(string name) => name switch
        {
            Placeholders.Region => region.Id,
            Placeholders.Group => group.Name!.Value,
            Placeholders.Cluster => resolution.Request.Cluster,
            _ when plan.Vars.TryGetValue(name, out var value) => value,
            _ => Number(name),
        };

        // A counter advances once for a node, however many of its names use it.
        long Number(string name) => numbers.TryGetValue(name, out var number) ? number
            : numbers[name] = resolution.Counters.Take(planned.Counters.Contains(name) ? $"{region.Id}/{name}" : name);
    }

    private IReadOnlyList<ResolvedVolume> Volumes(NodeBuild build, string node, IReadOnlyList<ResolvedVolume> old) =>
        [.. build.Volumes.Select(volume => new ResolvedVolume(
            volume.Name, old.FirstOrDefault(one => one.Name == volume.Name)?.Label ?? VolumeLabel($"{node}-{volume.Name}"),
            volume.SizeGb, volume.Filesystem, volume.Mount))];

    private string VolumeLabel(string wanted)
    {
        var label = LabelRule.Volume.Fit(wanted);
        for (var more = 1; !volumeLabels.Add(label); more++)
        {
            label = LabelRule.Volume.Hashed($"{wanted}~{more}");
        }

        return label;
    }
}
