using LinodeClusterToolkit.Leases;

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

    /// <summary>Not to be run, as somebody said.</summary>
    Cancelled,
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

    /// <summary>Writes down steps that are to be run, those it does not know yet, all at once and in this order.</summary>
    Task EnterAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation);

    /// <summary>Writes that a step begins; false, and nothing written, where it is cancelled.</summary>
    Task<bool> TryBeginAsync(JournalEntry entry, CancellationToken cancellation);

    /// <summary>Cancels a step that is not under way and not done; false where it is one of these.</summary>
    Task<bool> TryCancelAsync(string run, string step, CancellationToken cancellation);

    /// <summary>Takes steps back to where they had not begun, all at once.</summary>
    Task ForgetAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation);

    /// <summary>The same journal, for writing as long as nobody else holds the lease.</summary>
    ITaskJournal Under(Lease lease);
}
