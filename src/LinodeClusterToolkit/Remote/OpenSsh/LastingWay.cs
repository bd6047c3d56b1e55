using System.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>The way to nodes for programs that outlive this one: by files alone, without our agent and connections, and as strict as ours.</summary>
/// <param name="settings">How the OpenSSH client is used here; a jump host and the user's own configuration lead others as they lead us.</param>
internal sealed class LastingWay(SshSettings settings)
{
    /// <summary>The ssh to start.</summary>
    public string Program => settings.Program;

    /// <summary>What is the host's own.</summary>
    /// <param name="host">The node.</param>
    /// <param name="keyFile">File of its private key.</param>
    public static IEnumerable<(string Name, string Value)> Own(RemoteHost host, string keyFile) =>
        [("HostKeyAlias", host.Alias), ("IdentityFile", SshWords.Path(keyFile))];

    /// <summary>What holds for all hosts with one file of known keys: no other key, no other way in, nobody asked and nothing learnt.</summary>
    public static IEnumerable<(string Name, string Value)> Shared(string knownHosts) =>
    [
        ("UserKnownHostsFile", SshWords.Path(knownHosts)), ("GlobalKnownHostsFile", "/dev/null"), ("StrictHostKeyChecking", "yes"),
        ("IdentitiesOnly", "yes"), ("IdentityAgent", "none"), ("PreferredAuthentications", "publickey"), ("PasswordAuthentication", "no"),
        ("CheckHostIP", "no"), ("VerifyHostKeyDNS", "no"), ("UpdateHostKeys", "no"), ("ForwardAgent", "no"), ("ForwardX11", "no"),
        ("ConnectTimeout", "30"), ("ServerAliveInterval", "5"), ("ServerAliveCountMax", "3"),
    ];

    /// <summary>Options of a command line: the user's configuration is read by ssh itself, each time, as it is then.</summary>
    public IReadOnlyList<string> Options(RemoteHost host, string keyFile)
    {
        IEnumerable<(string Name, string Value)> jump = settings.Jump is { } through ? [("ProxyJump", through)] : [];
        IEnumerable<(string Name, string Value)> all = [.. Own(host, keyFile), .. Shared(host.KnownHosts), ("BatchMode", "yes"), .. jump];
        return ["-F", settings.UserConfig ?? "none", .. all.SelectMany(option => new[] { "-o", $"{option.Name}={option.Value}" })];
    }

    /// <summary>
    /// What a configuration of its own says about the way to an address. The user's is asked now and not included: whoever includes ours in it would
    /// else have made a circle.
    /// </summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> RouteAsync(RemoteHost host, CancellationToken cancellation)
    {
        if (settings.Jump is { } jump)
        {
            return [("ProxyCommand", Through(jump))];
        }

        return settings.UserConfig is { } file && File.Exists(file) && LocalProgram.Find(settings.Program) is { } ssh
            ? [.. Route(await AskAsync(ssh, file, host, cancellation).ConfigureAwait(false))]
            : [];
    }

    /// <summary>What ssh says it would do, as <c>name value</c> lines with names in lower case.</summary>
    internal IEnumerable<(string Name, string Value)> Route(string said)
    {
        foreach (var words in said.Split('\n').Select(line => line.Split(' ', 2)).Where(words => words is [_, { Length: > 0 } and not "none"]))
        {
            switch (words[0])
            {
                case "proxyjump":
                    yield return ("ProxyCommand", Through(words[1]));
                    break;
                case "proxycommand":
                    yield return ("ProxyCommand", words[1]);
                    break;
            }
        }
    }

    // A jump host is known to the user's own files and may be a name in the user's own configuration, which ssh would look for in ours.
    private string Through(string jump)
    {
        var hops = jump.Split(',');
        string[] before = hops.Length > 1 ? ["-J", string.Join(',', hops[..^1])] : [];
        var config = SshWords.Plain(settings.UserConfig ?? "none");
        return $"{ShellText.Join([SshWords.Plain(settings.Program), "-F", config, .. before])} -W '[%h]:%p' -- "
            + ShellText.Join([hops[^1].Contains("://", StringComparison.Ordinal) ? hops[^1] : $"ssh://{hops[^1]}"]);
    }

    private static async Task<string> AskAsync(string ssh, string config, RemoteHost host, CancellationToken cancellation)
    {
        using var asked = Process.Start(LocalProgram.Of(ssh, ["-G", "-F", config, "-p", $"{host.Port}", "-l", host.User, "--", host.Address]))!;
        asked.StandardInput.Close();
        var (output, error) = (
            asked.StandardOutput.ReadToEndAsync(cancellation), asked.StandardError.ReadToEndAsync(cancellation));
        await asked.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return asked.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw new RemoteException(RemoteStage.Local, RemoteProblems.ClientFailed(host, await error.ConfigureAwait(false)));
    }
}
