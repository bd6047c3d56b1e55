namespace LinodeClusterToolkit.Diagnostics;

/// <summary>How much a problem matters.</summary>
public enum Severity
{
    /// <summary>Work goes on; the user should know.</summary>
    Warning,

    /// <summary>What was asked for cannot be done.</summary>
    Error,
}

/// <summary>What happened, to what, why, and what to try: the one form every failure of the library takes.</summary>
/// <remarks>Branch on <see cref="Code"/> and on the type of the exception, never on the texts.</remarks>
/// <param name="Code"><c>LCT</c> and four digits; the first digit is the family (see <see cref="Family"/>).</param>
/// <param name="What">What happened, one clause without a full stop.</param>
/// <param name="Where">To what: a cluster, node, step, call or key; null where <see cref="Position"/> says it all.</param>
/// <param name="Why">The cause, as far as it is known.</param>
/// <param name="Fix">What to try, best first.</param>
public sealed record Problem(
    string Code, string What, string? Where = null, string? Why = null, IReadOnlyList<string>? Fix = null)
{
    /// <summary>Error unless said otherwise.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The place in a file, where there is one.</summary>
    public SourcePosition? Position { get; init; }

    /// <summary>Path of the key inside a plan, e.g. <c>nodes/0/count</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The line of text at <see cref="Position"/>, shown above a caret.</summary>
    public string? SourceLine { get; init; }

    /// <summary>True where the same thing may work later without a change.</summary>
    public bool Retryable { get; init; }

    /// <summary>The id under which the far side knows the failed request.</summary>
    public string? RequestId { get; init; }

    /// <summary>What to try, best first; never null.</summary>
    public IReadOnlyList<string> Fixes => Fix ?? [];

    /// <summary>The first digit of the code: 1 usage, 2 plan, 3 token, 4 names, 5 network, 6 run, 7 this machine, 9 bug.</summary>
    public int Family => Code[3] - '0';

    /// <summary>One line: position, code, path, what.</summary>
    public override string ToString() =>
        $"{(Position is { } at ? $"{at} " : "")}{Code} {((Path ?? Where) is { } of ? $"{of}: " : "")}{What}";
}
