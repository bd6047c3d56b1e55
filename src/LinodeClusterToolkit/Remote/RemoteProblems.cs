using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Remote;

/// <summary>What can go wrong between here and a node; family 6, and 7 for what is missing on this machine.</summary>
internal static class RemoteProblems
{
    public static Problem NoMachine(string node) => new(
        "LCT6210", $"{node} is a record: there is no machine behind it to log in to", Where: node,
        Fix: ["work on a cloud with machines: on Linux as root the emulator boots real ones"]);

    public static Problem NotReached(RemoteHost host, RemoteStage stage, TimeSpan within, string said) => new(
        "LCT6211", $"no SSH on {host.Name} after {Span(within)}: {Words(stage)}", Where: Place(host), Why: Why(stage, said),
        Fix: stage switch
        {
            RemoteStage.NoRoute => ["look whether it is powered on, and whether a firewall lets this machine's address in", "try again"],
            RemoteStage.Refused => ["its console says whether its SSH server starts", "try again"],
            _ => ["it may be booting, or have too much to do: try again"],
        })
    {
        Retryable = true,
    };

    public static Problem HostKeyChanged(RemoteHost host, IEnumerable<string> known, string? shown) => new(
        "LCT6212", $"{host.Name} shows another host key than the known one; nothing was sent to it", Where: Place(host),
        Why: $"known is {string.Join(", ", known)}, shown is {shown ?? "one that ssh does not name"}: it may be somebody else, or made anew",
        Fix: AcceptAtConsole(host));

    public static Problem HostKeyUnknown(RemoteHost host, string? shown) => new(
        "LCT6213", $"the host key of {host.Name} is not known; nothing was sent to it", Where: Place(host),
        Why: $"shown is {shown ?? "one that ssh does not name"}, and {host.KnownHosts} has no key for {host.Alias}",
        Fix: AcceptAtConsole(host));

    public static Problem KeyRefused(RemoteHost host, string said) => new(
        "LCT6214", $"{host.User} is not let in to {host.Name} with {host.Identity?.Public.Fingerprint ?? "the keys of this user"}", Where: Place(host),
        Why: Last(said),
        Fix: host.Identity is null
            ? ["ssh-add -l shows what the agent has; add the key the node was made with"]
            : ["look in its console whether the account's authorized_keys holds that key"]);

    public static Problem Lost(RemoteHost host, string what, string said) => new(
        "LCT6215", $"the connection to {host.Name} was lost; whether '{what}' ended is not known", Where: Place(host), Why: Last(said),
        Fix: ["run it again: what the toolkit runs does no harm the second time"])
    {
        Retryable = true,
    };

    public static Problem TooLong(RemoteHost host, string what, TimeSpan within, string said) => new(
        "LCT6216", $"'{what}' on {host.Name} took longer than {Span(within)}", Where: Place(host), Why: Last(said) ?? "it printed nothing",
        Fix: ["it may still run there: look, and then run it again"])
    {
        Retryable = true,
    };

    public static Problem Failed(string node, ShellCommand command, RemoteResult result) => new(
        "LCT6217", $"'{Name(command)}' on {node} ended with exit code {result.ExitCode}", Where: node,
        Why: Last(result.Error) ?? Last(result.Output) ?? "it printed nothing", Fix: ["mend what its last lines name, and run it again"]);

    public static Problem NotCopied(RemoteHost host, string from, string to, string said) => new(
        "LCT6218", $"{RemoteText.Printable(from)} could not be copied to {RemoteText.Printable(to)}", Where: Place(host), Why: Last(said),
        Fix: [$"look whether both paths are there, and whether {host.User} may use the one on the node"]);

    public static Problem BadHost(string node, string part, string value) => new(
        "LCT6219", $"'{RemoteText.Printable(value)}' cannot be the {part} of a node", Where: RemoteText.Printable(node),
        Why: "ssh could take it for something else", Fix: ["give a plain name or address"]);

    public static Problem NoProgram(string program) => new(
        "LCT7301", $"{program} is not on this machine", Where: program, Why: "the toolkit works on nodes by the OpenSSH client, 8.7 or later",
        Fix: ["install it (Debian: apt-get install openssh-client)"]);

    public static Problem ClientFailed(RemoteHost host, string said) => new(
        "LCT7302", $"the SSH client of this machine cannot talk to {host.Name}", Where: Place(host), Why: Last(said),
        Fix: ["mend what ssh complains about in your own ssh_config", "if no method matches: install a newer OpenSSH client"]);

    public static Problem BadRuntimeFolder(string folder, string why) => new(
        "LCT7303", $"{folder} cannot hold the sockets of SSH connections", Where: folder, Why: why, Fix: ["name a new, short folder"]);

    public static Problem NoAgent(string said) => new(
        "LCT7304", "no SSH agent could be started", Where: "ssh-agent", Why: Last(said), Fix: ["look whether ssh-agent runs on this machine"]);

    public static Problem AgentFailed(string key, string said) => new(
        "LCT7305", $"the SSH agent does not take the key {key}", Where: "ssh-add", Why: Last(said), Fix: ["give a key without a passphrase"]);

    public static Problem KnownHostsHeld(string path, TimeSpan waited) => new(
        "LCT7309", "another process is writing known host keys and does not come to an end", Where: path,
        Why: $"it has held {path}.lock for {waited.TotalSeconds:0} seconds", Fix: ["look for a program of this toolkit that hangs, and end it"])
    {
        Retryable = true,
    };

    public static Problem NothingToCopy(string path) => new("LCT7306", $"there is no file or folder {path}", Where: path, Fix: ["check the path"]);

    /// <summary>What a command is called in messages.</summary>
    public static string Name(ShellCommand command) =>
        RemoteText.Cut(RemoteText.Printable(command.Title ?? command.ToString()).ReplaceLineEndings(" "), 120);

    /// <summary>A stage in two or three words.</summary>
    public static string Words(RemoteStage stage) => stage switch
    {
        RemoteStage.NoRoute => "no route",
        RemoteStage.Refused => "connection refused",
        RemoteStage.NoBanner => "no answer in SSH",
        RemoteStage.HostKey => "wrong host key",
        RemoteStage.KeyRefused => "key refused",
        _ => stage.ToString().ToLowerInvariant(),
    };

    private static string Why(RemoteStage stage, string said) => Last(said) ?? stage switch
    {
        RemoteStage.NoRoute => "no packet came back: it is off, or a firewall drops them",
        RemoteStage.Refused => "the machine is there, and nothing listens at that port",
        _ => "something listens there that does not speak SSH, or not yet",
    };

    // The console is the way that does not lead over the connection in doubt. The file of known hosts is written anew from the inventory.
    private static IReadOnlyList<string> AcceptAtConsole(RemoteHost host) =>
    [
        "read its key at its console (Lish): cat /etc/ssh/ssh_host_ed25519_key.pub; its fingerprint: ssh-keygen -lf and that file",
        $"only if that fingerprint is the shown one: accept the key for {host.Name} (trust)",
    ];

    private static string? Last(string said) => RemoteText.LastLines(said) is { Count: > 0 } lines ? string.Join(" | ", lines) : null;

    private static string Place(RemoteHost host) => $"{host.Name} ({host.User}@{host.Address}, port {host.Port})";

    private static string Span(TimeSpan span) =>
        span.TotalSeconds < 120 ? $"{span.TotalSeconds:0.#} s" : $"{span.TotalMinutes:0.#} minutes";
}
