using LinodeClusterToolkit.Plans.Formatting;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans;

/// <summary>The text of a plan after formatting.</summary>
/// <param name="Text">YAML that ends with a line break.</param>
public sealed record FormattedPlan(string Text);

/// <summary>Writes plans in one style: two blanks a level, lists below their key, comments kept; formatting again changes nothing.</summary>
public static class PlanFormatter
{
    /// <summary>Formats a plan; one that is no YAML is a problem, whatever else is wrong with it does not matter here.</summary>
    /// <param name="source">The plan; JSON comes out as YAML.</param>
    /// <param name="upgrade">True makes a plan of 2017 one of version 1, slips corrected; what version 1 cannot say stays, and is told.</param>
    public static PlanResult<FormattedPlan> Format(PlanSource source, bool upgrade)
    {
        var problems = new ProblemList();
        var text = new PlanText(source);
        if (YamlTreeReader.Read(text, problems) is not { } root)
        {
            return problems.Result<FormattedPlan>(null);
        }

        if (root is not PlanMap map)
        {
            problems.Add(text.Place(root.Span, "").Mark(PlanProblems.NoKeys(root.Noun)));
            return problems.Result<FormattedPlan>(null);
        }

        var plain = new FormattedPlan(PlanPrinter.Print(text, map));
        if (problems.HasErrors || !upgrade || map.Find("version") is not null)
        {
            return problems.Result(plain);
        }

        var upgraded = new FormattedPlan(PlanPrinter.Print(text, Upgrade.Apply(text, map)));
        foreach (var problem in PlanReader.Read(source with { Text = upgraded.Text }).Problems)
        {
            problems.Add(problem with { Severity = Diagnostics.Severity.Warning });
        }

        return problems.Result(upgraded);
    }
}
