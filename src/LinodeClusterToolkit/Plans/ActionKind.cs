using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>A technology as the plan language knows it: what its actions name, and when they may run. It is declared beside what runs it.</summary>
/// <param name="Name">Word before the colon.</param>
/// <param name="Means">What follows the colon, in words.</param>
internal sealed record ActionKind(string Name, string Means)
{
    /// <summary>Transitions it may run at; null for all.</summary>
    public IReadOnlyList<Transition>? Only { get; init; }

    /// <summary>What it is called where a node takes one of it and no second; null where several go.</summary>
    public string? OnlyOne { get; init; }

    /// <summary>Names that are no files but built in, and what they do: it happens on every node, said or not.</summary>
    public IReadOnlyDictionary<string, string> BuiltIns { get; init; } = new Dictionary<string, string>();

    /// <summary>Most bytes of a file that is read with the plan and travels with it; null leaves the file where it is.</summary>
    public int? MostBytes { get; init; }

    /// <summary>True where <c>inline</c> may stand in place of a file.</summary>
    public bool TakesInline { get; init; }

    /// <summary>Whether a target is something else than a file.</summary>
    public Func<string, bool> IsElsewhere { get; init; } = static _ => false;

    /// <summary>Whether it takes <c>arguments</c> and <c>user</c>.</summary>
    public bool TakesArguments { get; init; }

    /// <summary>True where nodes do it by themselves at every boot; else it is done at the boots that the toolkit makes.</summary>
    public bool IsDoneByNodes { get; init; }

    /// <summary>What else is wrong with an action that reads well; it is reported at the action's name.</summary>
    public Func<ResolvedAction, IEnumerable<Problem>> Check { get; init; } = static _ => [];
}
