using LinodeClusterToolkit.Plans.Reading;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans;

/// <summary>A plan of plans: clusters that start after and stop before each other.</summary>
/// <param name="Name">Its name for people, or null.</param>
/// <param name="Members">Its clusters, each behind those it starts after.</param>
public sealed record PlanSet(string? Name, IReadOnlyList<PlanSetMember> Members)
{
    /// <summary>Reads a plan of plans with the plans it names; null where the text is the plan of one cluster, or no plan at all.</summary>
    public static PlanResult<PlanSet>? Read(PlanSource source)
    {
        var (problems, text) = (new ProblemList(), new PlanText(source));
        return YamlTreeReader.Read(text, problems) is PlanMap map && PlanSetReader.IsSet(map)
            ? problems.Result(PlanSetReader.Read(text, map, problems))
            : null;
    }

    /// <summary>Name of the cluster that a member becomes in a set of that name.</summary>
    public static string ClusterOf(string set, string member) => $"{set}-{member}";
}

/// <summary>A cluster of a set.</summary>
/// <param name="Name">Its name within the set.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="After">Members that start before it and stop after it.</param>
public sealed record PlanSetMember(string Name, PlanSource Plan, IReadOnlyList<string> After);
