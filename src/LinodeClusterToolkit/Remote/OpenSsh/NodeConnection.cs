using System.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>The one connection to a node, made where there is none, and what goes through it.</summary>
internal sealed class NodeConnection(SshTools tools, string socket)
{
    // A server takes ten sessions on a connection; two are left to people.
    private const int MostSessions = 8;
    private const int MostTries = 4;
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim gate = new(1);
    private readonly SemaphoreSlim sessions = new(MostSessions);
    private volatile SshMaster? master;

    public string Socket => socket;

    /// <summary>Logs in where there is no connection, or none any more.</summary>
    public async Task<SshMaster> EnsureAsync(RemoteHost host, TimeSpan? within, Action<string>? note, CancellationToken cancellation)
    {
        if (master is { IsAlive: true } there)
        {
            return there;
        }

        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (master is { IsAlive: true } made)
            {
                return made;
            }

            await CloseAsync().ConfigureAwait(false);
            return master = await new SshLogin(tools, host, socket).RunAsync(within ?? ConnectsWithin, note, cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Runs a local program that goes through the connection.</summary>
    /// <param name="host">The node.</param>
    /// <param name="start">The program.</param>
    /// <param name="what">What it does, for messages.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="within">How long it may take once it has begun.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RemoteException">There was no connection, it was lost, or it took too long.</exception>
    public async Task<Finished> RunAsync(
        RemoteHost host, ProcessStartInfo start, string what, Sensitive? input, TimeSpan within, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var through = await EnsureAsync(host, null, null, cancellation).ConfigureAwait(false);
            var finished = await InTurnAsync(start, input, within, cancellation).ConfigureAwait(false);
            if (finished.ExitCode is null)
            {
                throw new RemoteException(RemoteStage.Deadline, RemoteProblems.TooLong(host, what, within, finished.Error + "\n" + finished.Output));
            }

            // Nothing of it ran, so that it can be tried again: the connection had died unseen, or the server has as many sessions as it takes.
            var neverBegan = finished.ExitCode != 0 && tools.Words.NeverBegan(finished.Error);
            if (neverBegan && tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * tries), tools.Time, cancellation).ConfigureAwait(false);
                await through.IsGoneAsync().ConfigureAwait(false);
                continue;
            }

            if (neverBegan || finished.ExitCode == 255 && await through.IsGoneAsync().ConfigureAwait(false))
            {
                throw new RemoteException(RemoteStage.Lost, RemoteProblems.Lost(host, what, through.Said));
            }

            return finished;
        }
    }

    /// <summary>Ends the connection, if there is one.</summary>
    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref master, null) is { } last)
        {
            await last.EndAsync().ConfigureAwait(false);
        }
    }

    private async Task<Finished> InTurnAsync(ProcessStartInfo start, Sensitive? input, TimeSpan within, CancellationToken cancellation)
    {
        await sessions.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await tools.Children.RunAsync(start, input, within, cancellation).ConfigureAwait(false);
        }
        finally
        {
            sessions.Release();
        }
    }
}
