namespace LinodeClusterToolkit.Samples;

/// <summary>Runs a worker for as long as the program runs.</summary>
internal sealed class WorkerService(LinodeWorker worker, IHostApplicationLifetime program) : BackgroundService
{
    private readonly CancellationTokenSource leave = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var late = cancellationToken.Register(leave.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        leave.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await worker.RunAsync(stoppingToken, leave.Token);
        program.StopApplication(); // it may have been asked to drain from elsewhere
    }
}
