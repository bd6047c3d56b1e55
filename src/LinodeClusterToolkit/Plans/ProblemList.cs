using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>Collects what is wrong with a plan; the same thing at the same place is kept once.</summary>
internal sealed class ProblemList
{
    private readonly HashSet<(string Code, SourcePosition? At, string What)> seen = [];
    private readonly List<Problem> problems = [];

    public bool HasErrors => problems.Any(problem => problem.Severity == Severity.Error);

    public void Add(Problem problem)
    {
        if (seen.Add(Identity(problem)))
        {
            problems.Add(problem);
        }
    }

    public void AddRange(IEnumerable<Problem> more)
    {
        foreach (var problem in more)
        {
            Add(problem);
        }
    }

    /// <summary>In the order of the text; what has no place comes first.</summary>
    public IReadOnlyList<Problem> InOrder() =>
        [.. problems.OrderBy(problem => problem.Position?.Line ?? 0).ThenBy(problem => problem.Position?.Column ?? 0)];

    /// <summary>What was found here and not there.</summary>
    public IEnumerable<Problem> Without(IEnumerable<Problem> others)
    {
        var known = others.Select(Identity).ToHashSet();
        return problems.Where(problem => !known.Contains(Identity(problem)));
    }

    private static (string Code, SourcePosition? At, string What) Identity(Problem problem) => (problem.Code, problem.Position, problem.What);

    public PlanResult<T> Result<T>(T? value)
        where T : class => new(HasErrors ? null : value, InOrder());
}
