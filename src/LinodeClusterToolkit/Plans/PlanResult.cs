using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>A value read from a plan together with everything found wrong on the way: a bad plan is a value, not an exception.</summary>
/// <param name="Value">The value; null where an error stands in <paramref name="Problems"/>.</param>
/// <param name="Problems">Warnings and errors in the order of the text.</param>
public sealed record PlanResult<T>(T? Value, IReadOnlyList<Problem> Problems)
    where T : class
{
    /// <summary>True where there is a value and no error.</summary>
    public bool IsValid => Value is not null && !Errors.Any();

    /// <summary>What stops the plan.</summary>
    public IEnumerable<Problem> Errors => Problems.Where(problem => problem.Severity == Severity.Error);

    /// <summary>What the user should know.</summary>
    public IEnumerable<Problem> Warnings => Problems.Where(problem => problem.Severity == Severity.Warning);

    /// <summary>The value, or a <see cref="PlanException"/> with every error.</summary>
    public T OrThrow() => IsValid ? Value! : throw new PlanException([.. Errors]);
}

/// <summary>A plan that cannot be used; carries every error found in it.</summary>
public sealed class PlanException(IReadOnlyList<Problem> problems) : LinodeToolkitException(problems);
