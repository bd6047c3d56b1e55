namespace LinodeClusterToolkit.Api;

/// <summary>Takes everything off a node, one call after the other; what is done already is passed over.</summary>
internal sealed class EmptyNode(ILinodeCloud cloud, TimeProvider time, long id)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await cloud.Events.MarkAsync(cancellation).ConfigureAwait(false);
        await ShutDownAsync(cancellation).ConfigureAwait(false);
        foreach (var config in await cloud.ListConfigsAsync(id, cancellation).ToListAsync(cancellation).ConfigureAwait(false))
        {
            await cloud.DeleteConfigAsync(id, config.Id, cancellation).ConfigureAwait(false);
        }

        foreach (var disk in await cloud.ListDisksAsync(id, cancellation).ToListAsync(cancellation).ConfigureAwait(false))
        {
            if (disk.Status != "deleting")
            {
                await WhenIdleAsync(() => cloud.DeleteDiskAsync(id, disk.Id, cancellation), cancellation).ConfigureAwait(false);
            }
        }

        await cloud.Events.WaitIdleAsync(id, cancellation).ConfigureAwait(false);
    }

    private async Task ShutDownAsync(CancellationToken cancellation)
    {
        await cloud.Events.WaitIdleAsync(id, cancellation).ConfigureAwait(false);
        while (await cloud.FindNodeAsync(id, cancellation).ConfigureAwait(false) is { Status: not "offline" } node)
        {
            if (node.Status == "running")
            {
                await WhenIdleAsync(() => ShutDownOnceAsync(cancellation), cancellation).ConfigureAwait(false);
            }
            else
            {
                await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
            }

            await cloud.Events.WaitIdleAsync(id, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> ShutDownOnceAsync(CancellationToken cancellation)
    {
        await cloud.ShutDownNodeAsync(id, cancellation).ConfigureAwait(false);
        await cloud.Events.WaitAsync(id, "linode_shutdown", null, cancellation).ConfigureAwait(false);
        return true;
    }

    // A node takes one piece of work at a time.
    private async Task WhenIdleAsync(Func<Task<bool>> call, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await cloud.Events.WaitIdleAsync(id, cancellation).ConfigureAwait(false);
                await call().ConfigureAwait(false);
                return;
            }
            catch (LinodeApiException busy) when (busy.Failure == ApiFailure.Busy)
            {
                await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
