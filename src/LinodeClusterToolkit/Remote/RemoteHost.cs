using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote;

/// <summary>A node as SSH sees it.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Address">IP address or host name.</param>
/// <param name="User">Account to log in to.</param>
public sealed record RemoteHost(string Name, string Address, string User)
{
    /// <summary>Port of its SSH server.</summary>
    public int Port { get; init; } = 22;

    /// <summary>Name its host key is known under, whatever its address.</summary>
    public required string Alias { get; init; }

    /// <summary>File of known host keys; a host that is not in it is refused.</summary>
    public required string KnownHosts { get; init; }

    /// <summary>Key pair to log in with; null leaves it to the user's own agent and key files.</summary>
    public SshKeyPair? Identity { get; init; }
}

/// <summary>What a command on a node came to.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, at most a MiB of it.</param>
/// <param name="Error">Its standard error, at most a MiB of it.</param>
/// <param name="Took">How long it took.</param>
public sealed record RemoteResult(int ExitCode, string Output, string Error, TimeSpan Took)
{
    /// <summary>True where nothing ran: the command was checked and stored, since there is no machine behind the node.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>The result itself where the exit code is 0.</summary>
    /// <param name="host">Where the command ran.</param>
    /// <param name="command">What ran.</param>
    /// <exception cref="RemoteException">It is not 0; the problem holds the last lines.</exception>
    public RemoteResult OrThrow(RemoteHost host, ShellCommand command) =>
        ExitCode == 0 ? this : throw new RemoteException(RemoteStage.Command, RemoteProblems.Failed(host.Name, command, this));
}

/// <summary>How far a connection or command came.</summary>
public enum RemoteStage
{
    /// <summary>A program or file of this machine is missing.</summary>
    Local,

    /// <summary>No packet came back: powered off, or a firewall.</summary>
    NoRoute,

    /// <summary>The machine is there, and nothing listens.</summary>
    Refused,

    /// <summary>Something listens that does not speak SSH, or not yet.</summary>
    NoBanner,

    /// <summary>It shows another host key than the known one: it may be somebody else.</summary>
    HostKey,

    /// <summary>It does not take our key.</summary>
    KeyRefused,

    /// <summary>The connection was lost while a command ran; whether it ended is not known.</summary>
    Lost,

    /// <summary>The command took longer than it may.</summary>
    Deadline,

    /// <summary>The command ended with an exit code that is not 0.</summary>
    Command,

    /// <summary>A file could not be copied.</summary>
    Copy,
}
