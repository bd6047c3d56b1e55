using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit;

/// <summary>Does the work that <see cref="LinodeToolkit.SubmitAsync"/> hands over, of all customers, beside as many other workers as there are.</summary>
/// <remarks>It may be killed at any time: others take up what it had begun.</remarks>
public sealed class LinodeWorker : IAsyncDisposable
{
    /// <summary>Makes a worker; it is not up before <see cref="RunAsync"/>.</summary>
    public LinodeWorker(LinodeWorkerOptions options) => Name = options.Name ?? "";

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How it is.</summary>
    public WorkerHealth Health => new(false, false, false, 0, 0, 0, 0);

    /// <summary>Works until it is stopped, or asked to drain from elsewhere.</summary>
    /// <param name="stop">Cancelled: take nothing new, end the steps under way, hand runs over to others.</param>
    /// <param name="cancellation">Cancelled: leave at once; others take up what it had begun.</param>
    /// <exception cref="Diagnostics.LinodeToolkitException">It could not begin: records that cannot be shared, or a name that is taken.</exception>
    public Task RunAsync(CancellationToken stop, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Closes its connections.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
