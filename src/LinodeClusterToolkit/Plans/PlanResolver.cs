using LinodeClusterToolkit.Plans.Resolving;

namespace LinodeClusterToolkit.Plans;

/// <summary>Decides every name, size, type and member of a plan; pure: what the cloud offers and what was named before come in as data.</summary>
public static class PlanResolver
{
    /// <summary>Reads and resolves a plan and reports the problems of both at once; throws for no text whatever.</summary>
    public static PlanResult<ResolvedPlan> Resolve(PlanSource source, ResolveRequest request)
    {
        var problems = new ProblemList();
        var plan = PlanReader.ReadAll(source, request.Set, problems);
        return problems.Result(plan is null ? null : new PlanResolution(plan, request, problems).Resolve());
    }

    /// <summary>Resolves a plan that was read before; what reading it has told already is not told again.</summary>
    public static PlanResult<ResolvedPlan> Resolve(ClusterPlan plan, ResolveRequest request)
    {
        var problems = new ProblemList();
        var bound = request.Set.Count == 0 ? plan : Bind(plan, request.Set, problems);
        return problems.Result(new PlanResolution(bound, request, problems).Resolve());
    }

    /// <summary>The plan as it is with these values of its variables.</summary>
    private static ClusterPlan Bind(ClusterPlan plan, IReadOnlyDictionary<string, string> set, ProblemList problems)
    {
        var reading = new ProblemList();
        var bound = PlanReader.ReadAll(plan.Source, set, reading);
        problems.AddRange(reading.Without(PlanReader.Read(plan.Source).Problems));
        return bound ?? plan;
    }
}
