using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>What listens in a cluster, who runs it and who calls it: of the whole plan, whatever of it changes.</summary>
/// <param name="Services">The plan's services.</param>
/// <param name="Groups">Groups that provide or use any.</param>
internal sealed record ServiceMap(IReadOnlyList<ResolvedService> Services, IReadOnlyList<ServiceGroup> Groups)
{
    public static ServiceMap None { get; } = new([], []);

    /// <summary>Services that some group provides.</summary>
    public IReadOnlyList<ResolvedService> Provided => [.. Services.Where(service => Groups.Any(group => group.Provides.Contains(service.Name)))];

    public static ServiceMap Of(ResolvedPlan plan) => new(
        plan.Services,
        [
            .. from region in plan.Regions
               from grp in region.Groups
               where grp.Provides.Count > 0 || grp.Uses.Count > 0
               select new ServiceGroup(region.Id, grp.Name, grp.Provides, grp.Uses),
        ]);

    /// <summary>The group where it provides or uses anything, else null.</summary>
    public ServiceGroup? Find(string region, string group) => Groups.FirstOrDefault(one => one.Region == region && one.Group == group);
}

/// <summary>A group of a region with the services its nodes run and call.</summary>
internal sealed record ServiceGroup(string Region, string Group, IReadOnlyList<string> Provides, IReadOnlyList<string> Uses);
