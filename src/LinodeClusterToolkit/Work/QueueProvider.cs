namespace LinodeClusterToolkit.Work;

/// <summary>A message broker for workers; packages bring theirs, <see cref="LinodeWorkerOptions.Queue"/> takes one.</summary>
public sealed class QueueProvider
{
    internal QueueProvider(string description, Func<IWorkBroker> open) => (Description, Open) = (description, open);

    /// <summary>What and where it is; no password in it.</summary>
    public string Description { get; }

    internal Func<IWorkBroker> Open { get; }
}
