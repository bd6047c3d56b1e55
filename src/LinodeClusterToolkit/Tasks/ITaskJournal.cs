namespace LinodeClusterToolkit.Tasks;

/// <summary>State of a step.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Begun; written before its first outside effect.</summary>
    Started,

    /// <summary>Ended well.</summary>
    Done,

    /// <summary>Ended in failure after every retry.</summary>
    Failed,

    /// <summary>Not run, since something it comes after failed.</summary>
    Skipped,
}

/// <summary>What the journal knows of a step.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="State">Last state written.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Started">First beginning, UTC.</param>
/// <param name="Ended">End, UTC.</param>
/// <param name="Problem">Why it failed or was skipped, as one line.</param>
public sealed record JournalEntry(
    string Run, string Step, StepState State, int Attempts, DateTimeOffset? Started, DateTimeOffset? Ended, string? Problem);

/// <summary>Durable memory of which steps began and ended; written before and after every effect.</summary>
internal interface ITaskJournal
{
    /// <summary>Everything known of a run, in the order of first writing.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadAsync(string run, CancellationToken cancellation);

    /// <summary>Writes one entry; durable when the task ends.</summary>
    Task WriteAsync(JournalEntry entry, CancellationToken cancellation);
}
