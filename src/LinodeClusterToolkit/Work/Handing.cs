namespace LinodeClusterToolkit.Work;

/// <summary>What a worker hands steps out with.</summary>
/// <param name="Board">The board.</param>
/// <param name="Publisher">Publishes messages.</param>
/// <param name="Ends">Hears how they end.</param>
/// <param name="Worker">Id of the worker.</param>
/// <param name="QueueOf">Queue for the steps of a run.</param>
internal sealed record Handing(WorkBoard Board, WorkPublisher Publisher, EndsWatch Ends, string Worker, Func<WorkAddress, string> QueueOf);
