namespace LinodeClusterToolkit.Tasks;

/// <summary>A step whose time has come.</summary>
/// <param name="Position">Its place in the graph.</param>
/// <param name="Step">The step.</param>
/// <param name="Entry">What the journal is to say of it when it begins.</param>
/// <param name="Before">Whether it was begun before, and not ended well.</param>
internal sealed record StepStart(int Position, TaskStep Step, JournalEntry Entry, bool Before);

/// <summary>Carries out the steps that a <see cref="GraphRun"/> decides on: here, or by handing them to others.</summary>
internal interface IStepRunner
{
    /// <summary>Writes down that these begin, all at once; false for each that was cancelled meanwhile.</summary>
    Task<bool[]> BeginAsync(IReadOnlyList<StepStart> batch, CancellationToken cancellation);

    /// <summary>Runs a step that has begun, and writes down how it ended; throws only where journal or observer do.</summary>
    Task<StepEnd> RunAsync(StepStart start);
}
