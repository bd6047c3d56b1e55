namespace LinodeClusterToolkit.Remote;

/// <summary>Runs commands on nodes and copies files; one connection a node serves them all. Safe for use from many threads.</summary>
public interface IRemoteShell : IAsyncDisposable
{
    /// <summary>Its name in configuration, e.g. <c>openssh</c>.</summary>
    string Name { get; }

    /// <summary>False where nothing really runs: results then say so.</summary>
    bool IsReal { get; }

    /// <summary>Connects, and waits for a node that is still booting; does nothing where it is connected.</summary>
    /// <param name="host">The node.</param>
    /// <param name="within">How long it may take until its SSH server answers.</param>
    /// <param name="note">Told what is waited for, or null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RemoteException">It did not get there; <see cref="RemoteException.Stage"/> says how far it came. A wrong host key or a refused
    /// key ends the wait at once.</exception>
    Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation);

    /// <summary>Runs a command; an exit code other than 0 is a result, not an exception. Connects where there is no connection.</summary>
    /// <exception cref="RemoteException">It could not be run to its end.</exception>
    Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation);

    /// <summary>Copies a file or folder of this machine to a node.</summary>
    /// <exception cref="RemoteException">It could not be copied.</exception>
    Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation);

    /// <summary>Copies a file or folder of a node to this machine.</summary>
    /// <exception cref="RemoteException">It could not be copied.</exception>
    Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation);

    /// <summary>Ends the connection, if there is one: what comes next logs in anew.</summary>
    Task CloseAsync(RemoteHost host);

    /// <summary>The words of a local program that opens a session on the node at this terminal; a command's words where one is given.</summary>
    /// <param name="host">The node.</param>
    /// <param name="command">Words of a command; none for a shell.</param>
    /// <param name="terminal">True makes a terminal of it on the node too; false keeps its streams apart, and every byte as it is.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <remarks>It lasts as long as this object: what it needs (agent, known hosts) goes with it.</remarks>
    Task<IReadOnlyList<string>> SessionAsync(RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation);

    /// <summary>The way to a node for a program of this machine that starts ssh itself: through the connection, or by as safe a login.</summary>
    /// <param name="host">The node; it is connected where it is not.</param>
    /// <param name="lasting">How long the way must let a new login through, e.g. after the node was booted meanwhile.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RemoteException">It could not be connected.</exception>
    Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation);
}
