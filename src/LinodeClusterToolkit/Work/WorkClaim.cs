namespace LinodeClusterToolkit.Work;

/// <summary>The right to do one piece of work, as long as nobody has taken it over.</summary>
/// <param name="Address">The work.</param>
/// <param name="Turn">Goes up with every holder: what an earlier one still wants to write is refused by it.</param>
internal sealed record WorkClaim(WorkAddress Address, long Turn)
{
    private static readonly AsyncLocal<WorkClaim?> Ambient = new();

    /// <summary>The claim under which the calling code works: what it writes is written under it.</summary>
    public static WorkClaim? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>How often it was begun, earlier runs and this time included; 0 for a run.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was first begun, UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How often it was begun since it was handed out, this time included.</summary>
    public int Tries { get; init; }

    /// <summary>How long ago one began it that died over it; null where the last one ended in good order.</summary>
    public TimeSpan? DiedAgo { get; init; }

    /// <summary>Number of the site it belongs to: another one than before where the run was drawn anew.</summary>
    public long Site { get; init; }

    /// <summary>For a run: name of its cluster.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>For a run: failed steps to try again, as they were handed in; null for all.</summary>
    public IReadOnlySet<string>? Again { get; init; }
}

/// <summary>A step that has ended, or was given up.</summary>
/// <param name="Address">The step.</param>
/// <param name="Outcome">A state of the journal; <c>Started</c> where it was given up since its run is to stop.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Started">When it was first begun, UTC.</param>
/// <param name="Ended">When it ended, UTC.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record WorkEnd(
    WorkAddress Address, Tasks.StepState Outcome, int Attempts, DateTimeOffset? Started, DateTimeOffset? Ended, Diagnostics.Problem? Problem)
{
    /// <summary>What it has spent.</summary>
    public Diagnostics.Spent Spent { get; init; }
}
