using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Resolves one plan, region by region.</summary>
internal sealed class PlanResolution(ClusterPlan plan, ResolveRequest request, ProblemList problems)
{
    private readonly Resolution resolution = new(request, problems);

    public ResolvedPlan? Resolve()
    {
        var total = plan.Regions.SelectMany(region => region.Groups).Sum(group => (long)(group.Count?.Value ?? 1));
        if (total > GroupKeys.MostNodes)
        {
            problems.Add(plan.Regions[0].Region.Place.Mark(PlanProblems.TooManyNodes(total, GroupKeys.MostNodes)));
            return null;
        }

        if (Dependencies.Circle(plan.Regions) is var (place, circle))
        {
            resolution.Error(place, PlanProblems.DependsOnItself(circle));
        }

        var namer = new NodeNamer(plan, resolution);
        var balancers = new BalancerResolver(resolution);
        var regions = Regions().Select(found => Resolve(found.Region, found.Planned, namer, balancers)).ToArray();
        foreach (var note in plan.Notes)
        {
            resolution.Note(note);
        }

        return new ResolvedPlan(
            request.Cluster, plan.Name ?? request.Cluster, [.. regions.OfType<ResolvedRegion>()],
            resolution.Counters.State.ToDictionary(), resolution.Notes)
        {
            Ssh = plan.Ssh,
            Accounts = plan.Accounts,
            Protect = plan.Protect,
            Services = plan.Services,
            Api = plan.Api,
            NoCloudFirewall = !request.Catalog.Offer.Abilities.CloudFirewalls,
        };
    }

    /// <summary>The plan's regions with those of the catalogue; null where there is no such region.</summary>
    private IEnumerable<(Region? Region, PlannedRegion Planned)> Regions()
    {
        var seen = new Dictionary<string, PlanPlace>(StringComparer.Ordinal);
        foreach (var planned in plan.Regions)
        {
            var region = resolution.Find(planned.Region, request.Catalog.FindRegion, PlanProblems.RegionCode);
            if (region is not null && !seen.TryAdd(region.Id, planned.Region.Place))
            {
                resolution.Error(planned.Region.Place, PlanProblems.DuplicateName("region", region.Id, seen[region.Id].Spoken));
                region = null;
            }

            resolution.Need(region, "Linodes", "a node", planned.Region.Place);
            if (request.Catalog.Offer.Abilities.CloudFirewalls)
            {
                resolution.Need(region, "Cloud Firewall", "the firewall of every node", planned.Region.Place);
            }

            yield return (region, planned);
        }
    }

    private ResolvedRegion? Resolve(Region? region, PlannedRegion planned, NodeNamer namer, BalancerResolver balancers)
    {
        var balanced = planned.Balancers.SelectMany(balancer => balancer.Members).ToHashSet(StringComparer.Ordinal);
        var linked = Links.Of(planned, plan.Services);
        var groups = new GroupResolver(resolution, region);
        var resolved = new List<ResolvedGroup>();
        foreach (var group in planned.Groups)
        {
            var build = groups.Resolve(group);
            if (region is not null && build is not null)
            {
                DemandUserData(region, group, build);
                var count = group.Count?.Value ?? 1;
                var name = group.Name!.Value;
                var isPrivate = plan.PrivateIps || balanced.Contains(name);
                if (!isPrivate && linked.Contains(name))
                {
                    resolution.Note($"{name} gets private addresses: services between groups of a region go over its own network");
                }

                var model = namer.Model(region, planned, group, build with { PrivateIp = isPrivate || linked.Contains(name) });
                var nodes = namer.Nodes(group, model);
                resolved.Add(new ResolvedGroup(name, Math.Min(group.Min?.Value ?? count, count), nodes)
                {
                    Model = model,
                    Actions =
                    [
                        .. Enum.GetValues<Transition>().SelectMany(at => group.Actions.GetValueOrDefault(at) ?? []).Select(action => action.Action),
                    ],
                    DependsOn = Dependencies.Of(group, plan.Regions),
                    Ready = group.Ready ?? [],
                    Provides = [.. (group.Provides ?? []).Select(service => service.Value)],
                    Uses = [.. (group.Uses ?? []).Select(service => service.Value)],
                    Unwatched = group.Watchdog is { Value: false },
                });
            }
        }

        var served = planned.Balancers.Select(balancer => balancers.Resolve(balancer, region, resolved)).OfType<ResolvedBalancer>().ToArray();
        return region is null ? null : new ResolvedRegion(region.Id, resolved, served);
    }

    // What is built in says nothing here; a file of the plan's can only go as user data.
    private void DemandUserData(Region region, NodeGroup group, NodeBuild build)
    {
        if (build.TakesUserData)
        {
            return;
        }

        if (build.Image.StartsWith(ResolvedNode.OwnImages, StringComparison.Ordinal))
        {
            resolution.Error(group.Image!.Place, ImageProblems.Open(build.Image, region.Has("Metadata") ? null : region.Id));
        }

        foreach (var (place, _) in group.Actions.GetValueOrDefault(Transition.FirstBoot)?.Where(one => one.Action.Kind == RiderKinds.CloudInit) ?? [])
        {
            resolution.Error(place, RiderProblems.NoUserData(group.Name!.Value, build.Image, region.Id, isRegion: !region.Has("Metadata")));
        }
    }
}
