using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit;

/// <summary>Does the work that <see cref="LinodeToolkit.SubmitAsync"/> hands over, of all customers, beside as many other workers as there are.</summary>
/// <remarks>It may be killed at any time: others take up what it had begun.</remarks>
public sealed class LinodeWorker : IAsyncDisposable
{
    private readonly LinodeWorkerOptions options;
    private readonly Lazy<InventoryPlace> place;
    private readonly Lazy<IWorkBroker> broker;
    private volatile WorkerCore? core;
    private (long Done, long Failed) before;

    /// <summary>Makes a worker; it is not up before <see cref="RunAsync"/>.</summary>
    public LinodeWorker(LinodeWorkerOptions options)
    {
        this.options = options;
        Name = options.Name ?? string.Create(CultureInfo.InvariantCulture, $"{options.Self.Machine}-{options.Self.Process}");
        place = new(() => options.Inventory.Open(new InventoryRequest("", ToolkitContext.Usual)));
        broker = new(() => options.Queue.Open());
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How it is.</summary>
    public WorkerHealth Health
    {
        get
        {
            var (now, ended) = (core, core?.Ended ?? default);
            return new(
                broker.IsValueCreated && broker.Value.State.IsConnected, now?.IsHeard ?? false, now?.IsDraining ?? false, now?.Steps ?? 0, now?.Runs ?? 0,
                before.Done + ended.Done, before.Failed + ended.Failed);
        }
    }

    /// <summary>Works until it is stopped, or asked to drain from elsewhere.</summary>
    /// <param name="stop">Cancelled: take nothing new, end the steps under way, hand runs over to others.</param>
    /// <param name="cancellation">Cancelled: leave at once; others take up what it had begun.</param>
    /// <exception cref="LinodeToolkitException">It could not begin: records that cannot be shared, or a name that is taken.</exception>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellation = default)
    {
        var board = place.Value.Board ?? throw new LinodeToolkitException(WorkProblems.NotShared(options.Inventory.Name));
        broker.Value.Changed = TellBroker;
        var parts = new WorkerParts(
            board, broker.Value, OpenDesk, options.Self, Name, options.Concurrency, options.Runs, options.QueuePerCustomer, options.Time,
            options.Notices ?? (static _ => { }));
        bool isToBeginAnew;
        do
        {
            var life = new WorkerCore(parts);
            await using var untilEnd = life.ConfigureAwait(false);
            core = life;
            isToBeginAnew = await life.RunAsync(stop, cancellation).ConfigureAwait(false);
            before = (before.Done + life.Ended.Done, before.Failed + life.Ended.Failed);
            core = null;
        }
        while (isToBeginAnew);
    }

    /// <summary>Closes its connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (broker.IsValueCreated)
        {
            await broker.Value.DisposeAsync().ConfigureAwait(false);
        }

        if (place.IsValueCreated)
        {
            await place.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    private WorkDesk OpenDesk(string application, string customer)
    {
        var context = new ToolkitContext(application, customer);
        return new Composition(options.Toolkit(context) with
        {
            Context = context, Inventory = options.Inventory.Name, Place = place.Value.For!(context, WorkBoard.Right), Self = options.Self,
        }).Desk;
    }

    private void TellBroker(BrokerState state) => options.Notices?.Invoke(new(
        options.Time.GetUtcNow(), state.IsConnected ? "broker-back" : "broker-lost",
        state.IsConnected ? $"connected to {options.Queue.Description}" : $"{options.Queue.Description} is away: {state.Why}"));
}
