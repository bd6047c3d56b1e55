using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>Our ssh_config: what holds for every connection, the way over a jump host included.</summary>
/// <remarks>
/// ssh takes the first value it meets, so the user's file, included last, fills gaps and takes nothing back. What holds for nodes alone, such as
/// the file of known hosts, is given as words beside it (<see cref="SshWords"/>): a jump host is the user's own and known to the user's own files.
/// </remarks>
internal static class SshConfig
{
    // Each line closes a way to weaken what security rests on, or to ask somebody who is not there. Older clients know some of them not yet.
    private const string Ours = """
        IgnoreUnknown *
        BatchMode yes
        NumberOfPasswordPrompts 0
        StrictHostKeyChecking yes
        NoHostAuthenticationForLocalhost no
        GlobalKnownHostsFile /dev/null
        KnownHostsCommand none
        CheckHostIP no
        VerifyHostKeyDNS no
        UpdateHostKeys no
        HashKnownHosts no
        VisualHostKey no
        PreferredAuthentications publickey
        PubkeyAuthentication yes
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        HostbasedAuthentication no
        GSSAPIAuthentication no
        GSSAPIKeyExchange no
        EnableSSHKeysign no
        AddKeysToAgent no
        ForwardAgent no
        ForwardX11 no
        ClearAllForwardings yes
        Tunnel no
        GatewayPorts no
        PermitLocalCommand no
        RemoteCommand none
        RequestTTY no
        SessionType default
        ForkAfterAuthentication no
        StdinNull no
        CanonicalizeHostname no
        ControlMaster no
        ControlPath none
        ControlPersist no
        TCPKeepAlive no
        ServerAliveInterval 5
        ServerAliveCountMax 3
        ConnectTimeout 30
        ConnectionAttempts 1
        LogLevel INFO

        """;

    /// <summary>Writes the file, readable by its owner alone.</summary>
    /// <exception cref="LinodeToolkitException">It cannot be written.</exception>
    public static void Write(string path, string? userConfig) => PrivateFiles.Guard(path, () =>
    {
        using var file = PrivateFiles.Open(path, FileMode.Create);
        file.Write(Encoding.UTF8.GetBytes(Text(userConfig)));
    });

    private static string Text(string? userConfig) => userConfig is null ? Ours : $"{Ours}Include {SshWords.Quoted(Path.GetFullPath(userConfig))}\n";
}
