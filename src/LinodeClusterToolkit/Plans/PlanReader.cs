using LinodeClusterToolkit.Plans.Reading;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans;

/// <summary>Reads plans: YAML or JSON, of version 1 or of 2017.</summary>
public static class PlanReader
{
    private static readonly IReadOnlyDictionary<string, string> NothingSet = new Dictionary<string, string>();

    /// <summary>Reads and checks a plan, and reports everything that is wrong with it at once; throws for no text whatever.</summary>
    public static PlanResult<ClusterPlan> Read(PlanSource source)
    {
        var problems = new ProblemList();
        return problems.Result(ReadAll(source, NothingSet, problems));
    }

    /// <summary>What can be read of a plan in spite of its errors; null where it has no tree.</summary>
    internal static ClusterPlan? ReadAll(PlanSource source, IReadOnlyDictionary<string, string> set, ProblemList problems)
    {
        var text = new PlanText(source);
        switch (YamlTreeReader.Read(text, problems))
        {
            case PlanMap map:
                return ClusterPlanReader.Read(text, map, set, problems, BuiltIns.ActionKinds);
            case { } other:
                var problem = other is PlanScalar { IsNull: true } ? PlanProblems.Empty() : PlanProblems.NoKeys(other.Noun);
                problems.Add(text.Place(other.Span, "").Mark(problem));
                return null;
            default:
                return null;
        }
    }
}
