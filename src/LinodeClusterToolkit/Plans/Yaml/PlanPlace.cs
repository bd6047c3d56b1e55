using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans.Yaml;

/// <summary>A place in a plan: where in the text, under which keys, on which line.</summary>
internal sealed record PlanPlace(SourcePosition Position, string Path, string? SourceLine)
{
    /// <summary>The problem, put at this place.</summary>
    public Problem Mark(Problem problem) => problem with { Position = Position, Path = Path.Length == 0 ? null : Path, SourceLine = SourceLine };

    /// <summary>The place as a person says it in the middle of a sentence.</summary>
    public string Spoken => $"line {Position.Line}";
}

/// <summary>A value and where it was said.</summary>
internal sealed record Located<T>(T Value, PlanPlace Place);
