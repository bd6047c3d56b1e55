using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Checks the names of a group's nodes; one problem of a kind speaks for all of them.</summary>
internal sealed class NameChecks(Resolution resolution, NodeGroup group, Dictionary<string, string> labels)
{
    private readonly HashSet<string> hostNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> told = [];

    public void Check(ResolvedNode node)
    {
        var place = group.NodeNames?.Place ?? group.Name!.Place;
        if (resolution.NodeLabels.Fault(node.Label) is { } fault && told.Add("label"))
        {
            resolution.Error(place, PlanProblems.BadLabel(node.Label, fault));
        }

        if (!labels.TryAdd(node.Label, node.Key) && told.Add("duplicate"))
        {
            resolution.Error(place, PlanProblems.DuplicateLabel(node.Label, labels[node.Label]));
        }

        CheckHost(node.HostName, group.HostNames);
        CheckHost(node.PublicFqdn, group.PublicFqdn);
        CheckHost(node.PrivateFqdn, group.PrivateFqdn);
    }

    private void CheckHost(string? name, NameSpec? spec)
    {
        if (name is null || spec is null)
        {
            return;
        }

        if (HostNames.Fault(name) is { } fault && told.Add(spec.Place.Path))
        {
            resolution.Error(spec.Place, PlanProblems.BadHostName(name, fault));
        }

        if (!hostNames.Add($"{spec.Place.Path} {name}") && told.Add($"again {spec.Place.Path}"))
        {
            resolution.Warning(spec.Place, PlanProblems.RepeatedHostName(name));
        }
    }
}
