using System.Collections.Concurrent;

namespace LinodeClusterToolkit.Remote;

/// <summary>For nodes that are records: commands are checked and kept, nothing runs, and every result says so.</summary>
public sealed class RecordingShell : IRemoteShell
{
    private readonly ConcurrentQueue<(string Node, string Command)> recorded = new();

    /// <inheritdoc/>
    public string Name => "recorder";

    /// <inheritdoc/>
    public bool IsReal => false;

    /// <summary>What was to be run, in order.</summary>
    public IReadOnlyList<(string Node, string Command)> Recorded => [.. recorded];

    /// <inheritdoc/>
    public Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Keep(host, command.Title is { } title ? $"{title}: {command}" : $"{command}");
        return Task.FromResult(new RemoteResult(0, "", "", TimeSpan.Zero) { IsRecorded = true });
    }

    /// <inheritdoc/>
    public Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation) => Keep(host, $"upload {local} {remote}");

    /// <inheritdoc/>
    public Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation) => Keep(host, $"download {remote} {local}");

    /// <inheritdoc/>
    public Task CloseAsync(RemoteHost host) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SessionAsync(RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation) =>
        throw new RemoteException(RemoteStage.NoRoute, RemoteProblems.NoMachine(host.Name));

    /// <inheritdoc/>
    public Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation) =>
        throw new RemoteException(RemoteStage.NoRoute, RemoteProblems.NoMachine(host.Name));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Keep(RemoteHost host, string what)
    {
        recorded.Enqueue((host.Name, what));
        return Task.CompletedTask;
    }
}
