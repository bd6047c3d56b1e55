using System.Collections.Concurrent;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>Works on nodes by the OpenSSH client of this machine: one login a node, everything else goes through it.</summary>
/// <remarks>
/// Private keys are held by an agent of its own, in memory. The user's configuration and agent fill what is left open and weaken nothing.
/// In paths on a node <c>~/</c> is the account's own folder.
/// </remarks>
public sealed class OpenSshShell(SshSettings settings) : IRemoteShell
{
    private readonly ConcurrentDictionary<(string User, string Address, int Port, string Alias), NodeConnection> connections = new();
    private readonly Lock gate = new();
    private SshTools? tools;
    private bool disposed;
    private int made;

    /// <inheritdoc/>
    public string Name => "openssh";

    /// <inheritdoc/>
    public bool IsReal => true;

    /// <inheritdoc/>
    public Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation) =>
        To(host).EnsureAsync(host, within, note, cancellation);

    /// <inheritdoc/>
    public async Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation)
    {
        // Who is root already needs no sudo, and a small image may have none.
        var text = (command with { AsRoot = command.AsRoot && host.User != "root" }).ToString();
        var connection = To(host);
        var start = Tools().Client(Tools().Words.Command(connection.Socket, text));
        var began = settings.Time.GetTimestamp();
        var finished = await connection
            .RunAsync(host, start, RemoteProblems.Name(command), command.Input, command.Within, cancellation).ConfigureAwait(false);
        return new(finished.ExitCode!.Value, finished.Output, finished.Error, settings.Time.GetElapsedTime(began));
    }

    /// <inheritdoc/>
    /// <remarks>A folder becomes the one at the remote path, over what is there; a file for a path that is a folder goes into it.</remarks>
    public async Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation)
    {
        var from = Path.GetFullPath(local);
        if (!Path.Exists(from))
        {
            throw new RemoteException(RemoteStage.Local, RemoteProblems.NothingToCopy(from));
        }

        var source = Directory.Exists(from) ? Path.Combine(from, ".") : from;
        await CopyAsync(host, source, RemotePath.ForUpload(remote), local, $"{host.Name}:{remote}", cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>A folder becomes the one at the local path, over what is there; a file for a path that is a folder goes into it.</remarks>
    public async Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation)
    {
        var folder = await RunAsync(host, new("test", "-d", RemotePath.FromHome(remote)), cancellation).ConfigureAwait(false);
        var from = RemotePath.ForDownload(remote, folder.ExitCode == 0);
        await CopyAsync(host, from, Path.GetFullPath(local), $"{host.Name}:{remote}", local, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task CloseAsync(RemoteHost host)
    {
        if (connections.TryGetValue(KeyOf(host), out var connection))
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SessionAsync(
        RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation)
    {
        var connection = To(host);
        await connection.EnsureAsync(host, null, null, cancellation).ConfigureAwait(false);
        return Tools().Session(connection.Socket, command.Count == 0 ? null : ShellText.Join(command), terminal);
    }

    /// <inheritdoc/>
    public async Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation)
    {
        var connection = To(host);
        await connection.EnsureAsync(host, null, null, cancellation).ConfigureAwait(false);
        if (host.Identity is { } identity)
        {
            await Tools().Agent.HoldAsync(identity, lasting, cancellation).ConfigureAwait(false);
        }

        return Tools().Way(host, connection.Socket);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        SshTools? last;
        lock (gate)
        {
            (last, tools, disposed) = (tools, null, true);
        }

        if (last is not null)
        {
            await last.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(RemoteHost host, string from, string to, string saidFrom, string saidTo, CancellationToken cancellation)
    {
        var connection = To(host);
        var start = Tools().Copy(Tools().Words.Copy(connection.Socket, from, to));
        var what = $"copy {RemoteText.Printable(saidFrom)} to {RemoteText.Printable(saidTo)}";
        var copied = await connection.RunAsync(host, start, what, null, Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
        if (copied.ExitCode != 0)
        {
            throw new RemoteException(RemoteStage.Copy, RemoteProblems.NotCopied(host, saidFrom, saidTo, copied.Error));
        }
    }

    private NodeConnection To(RemoteHost host)
    {
        RemotePath.DemandGood(host);
        return connections.GetOrAdd(KeyOf(host), _ => new(Tools(), Path.Combine(Tools().Folder, $"n{Interlocked.Increment(ref made)}")));
    }

    private static (string User, string Address, int Port, string Alias) KeyOf(RemoteHost host) => (host.User, host.Address, host.Port, host.Alias);

    private SshTools Tools()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return tools ??= SshTools.Open(settings);
        }
    }
}
