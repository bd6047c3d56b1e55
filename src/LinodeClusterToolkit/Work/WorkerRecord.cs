namespace LinodeClusterToolkit.Work;

/// <summary>A worker, as all that share the records see it.</summary>
/// <param name="Name">Its name, unique among those that are up.</param>
/// <param name="Machine">Name of its machine.</param>
/// <param name="Process">Number of its process there.</param>
/// <param name="State">What it does.</param>
/// <param name="Started">When it began, UTC.</param>
/// <param name="Seen">When it was last heard of, UTC.</param>
/// <param name="Concurrency">Most steps it has under way at once.</param>
/// <param name="Steps">Steps it has under way.</param>
/// <param name="Runs">Runs it conducts.</param>
public sealed record WorkerRecord(
    string Name, string Machine, int Process, WorkerState State, DateTimeOffset Started, DateTimeOffset Seen, int Concurrency, int Steps, int Runs);

/// <summary>What a worker does.</summary>
public enum WorkerState
{
    /// <summary>It takes work.</summary>
    Running,

    /// <summary>It ends what it has begun, and takes nothing new.</summary>
    Draining,

    /// <summary>It was not heard of for too long: what it had begun is others' by now.</summary>
    Lost,
}

/// <summary>How a worker is, as it sees itself; cheap enough to be asked every second.</summary>
/// <param name="IsConnectedToBroker">Whether messages come and go.</param>
/// <param name="IsConnectedToDatabase">Whether its last sign of life was written.</param>
/// <param name="IsDraining">Whether it takes nothing new.</param>
/// <param name="Steps">Steps under way.</param>
/// <param name="Runs">Runs conducted.</param>
/// <param name="StepsDone">Steps that ended well since it began.</param>
/// <param name="StepsFailed">Steps that failed for good since it began.</param>
public sealed record WorkerHealth(
    bool IsConnectedToBroker, bool IsConnectedToDatabase, bool IsDraining, int Steps, int Runs, long StepsDone, long StepsFailed)
{
    /// <summary>Whether it does what it is for.</summary>
    public bool IsHealthy => IsConnectedToBroker && IsConnectedToDatabase;
}

/// <summary>How much work there is, of all customers of an application's workers or of one.</summary>
/// <param name="RunsWaiting">Runs that nobody conducts yet.</param>
/// <param name="RunsUnderWay">Runs that are conducted.</param>
/// <param name="StepsWaiting">Steps that may begin and have not.</param>
/// <param name="StepsUnderWay">Steps under way.</param>
/// <param name="StepsPaused">Steps that failed and are to be tried again a while later.</param>
public sealed record WorkLoad(long RunsWaiting, long RunsUnderWay, long StepsWaiting, long StepsUnderWay, long StepsPaused);

/// <summary>A run that was handed to workers.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Cluster">Name of its cluster.</param>
public sealed record SubmittedRun(string Run, string Cluster);
