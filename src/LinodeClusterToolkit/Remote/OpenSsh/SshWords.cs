using System.Globalization;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>The words local programs are started with; the one place where a host's values become options.</summary>
/// <param name="config">Path of our configuration.</param>
/// <param name="settings">What the caller chose.</param>
internal sealed class SshWords(string config, SshSettings settings)
{
    // Clients of a connection never make one themselves: where it is gone, this runs instead of a login, and says so in words no node knows.
    private readonly string mark = $"lct-{Guid.NewGuid():N}";

    /// <summary>A login of its own to the host, with no command.</summary>
    /// <param name="host">The node.</param>
    /// <param name="agent">Socket of the agent that holds the node's key; null uses the user's.</param>
    /// <param name="publicKey">File with the public half of that key.</param>
    public IEnumerable<string> Login(RemoteHost host, string? agent, string? publicKey) =>
    [
        .. Options(host, agent, publicKey), "-p", host.Port.ToString(CultureInfo.InvariantCulture), "-l", host.User, "--", host.Address,
    ];

    /// <summary>Options for a program that names account, port and address itself: through the connection, or where it is gone, by a login.</summary>
    /// <param name="host">The node.</param>
    /// <param name="socket">Socket of its connection, beside which the public key is.</param>
    /// <param name="agent">Socket of the agent that holds the node's key.</param>
    public IEnumerable<string> Way(RemoteHost host, string socket, string agent) =>
    [
        .. Options(host, agent, PublicKeyOf(socket)), "-o", "StrictHostKeyChecking=yes", "-o", $"ControlPath={Path(socket)}", "-o", "LogLevel=ERROR",
    ];

    /// <summary>File with the public half of the key that a connection is made with; it says which key of the agent is meant.</summary>
    public static string PublicKeyOf(string socket) => $"{socket}.pub";

    private string[] Options(RemoteHost host, string? agent, string? publicKey)
    {
        string[] identity = host.Identity is null
            ? ["-o", $"IdentityAgent={(settings.UserAgent is { } own ? Path(own) : "none")}"]
            : ["-o", "IdentitiesOnly=yes", "-o", $"IdentityAgent={Path(agent!)}", "-o", $"IdentityFile={Path(publicKey!)}"];
        string[] jump = settings.Jump is { } through ? ["-o", $"ProxyJump={through}"] : [];
        return
        [
            "-F", config, "-o", $"HostKeyAlias={host.Alias}", "-o", $"UserKnownHostsFile={Path(host.KnownHosts)}", .. identity, .. jump,
        ];
    }

    /// <summary>A login that stays, and lets others through by a socket.</summary>
    public IReadOnlyList<string> Master(string socket, IEnumerable<string> login) => ["-N", "-M", "-S", Plain(socket), .. login];

    /// <summary>Asks ssh what it would do, without doing it.</summary>
    public static IReadOnlyList<string> Ask(IEnumerable<string> login) => ["-G", .. login];

    /// <summary>The same login once more, to hear which host key is shown.</summary>
    public static IReadOnlyList<string> Listen(IEnumerable<string> login) => ["-N", "-o", "LogLevel=DEBUG1", .. login];

    /// <summary>A command through a connection; the node's shell reads it.</summary>
    public IReadOnlyList<string> Command(string socket, string command) => ["-T", .. Through(socket), "--", "node", command];

    /// <summary>A session through a connection, at this terminal.</summary>
    public IReadOnlyList<string> Session(string socket, string? command, bool terminal) =>
        [terminal ? "-t" : "-T", .. Through(socket), "--", "node", .. command is null ? Array.Empty<string>() : [command]];

    /// <summary>A copy through a connection, by SFTP: only there are names on the node no text for a shell.</summary>
    public IReadOnlyList<string> Copy(string socket, string from, string to) => ["-s", "-r", "-q", .. Through(socket), "--", from, to];

    /// <summary>Whether a client found no connection to go through, so that nothing of its command ever ran.</summary>
    public bool NeverBegan(string error) =>
        error.Contains(mark, StringComparison.Ordinal) && !error.Contains("read from master failed", StringComparison.Ordinal);

    /// <summary>A path between double quotes, as ssh reads it in a configuration.</summary>
    public static string Quoted(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // A configuration of its own, so nothing of the user's can change what a client of a connection does. The inner shell keeps its output open
    // until the mark is printed: ssh ends a proxy command as soon as that closes.
    private string[] Through(string socket) =>
    [
        "-F", "none", "-o", $"ControlPath={Path(socket)}", "-o", "ControlMaster=no", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
        "-o", $"ProxyCommand=sh -c 'echo {mark} >&2'",
    ];

    /// <summary>A path between double quotes in which ssh replaces nothing behind a '%'.</summary>
    public static string Path(string path) => Quoted(Plain(path));

    /// <summary>A path with what ssh would replace in it written out.</summary>
    public static string Plain(string path) => path.Replace("%", "%%", StringComparison.Ordinal);
}
