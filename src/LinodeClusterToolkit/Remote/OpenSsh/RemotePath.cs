using System.Net;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>Hosts and paths on them in the form ssh and scp take them, with nothing in them that could be read as more.</summary>
internal static class RemotePath
{
    /// <summary>Refuses what ssh could take for an option or a pattern.</summary>
    /// <exception cref="RemoteException">The address, user or alias is not plain.</exception>
    public static void DemandGood(RemoteHost host)
    {
        var wrong = !IPAddress.TryParse(host.Address, out _) && !KnownHostsFile.IsAlias(host.Address) ? ("address", host.Address)
            : !IsUser(host.User) ? ("user", host.User)
            : !KnownHostsFile.IsAlias(host.Alias) ? ("alias", host.Alias)
            : host.Port is < 1 or > ushort.MaxValue ? ("port", $"{host.Port}")
            : !IsPath(host.KnownHosts) ? ("file of known hosts", host.KnownHosts)
            : ((string, string)?)null;
        if (wrong is var (part, value))
        {
            throw new RemoteException(RemoteStage.Local, RemoteProblems.BadHost(host.Name, part, value));
        }
    }

    /// <summary>Whether it names jump hosts and nothing else: <c>user@host:port</c>, several with commas between.</summary>
    public static bool IsJump(string jump) => jump.Split(',').All(hop =>
        hop.Length > 0 && hop[0] != '-'
        && hop.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@' or ':' or '[' or ']'));

    /// <summary>The place a copy goes to.</summary>
    public static string ForUpload(string remote) => $"node:{FromHome(remote)}";

    /// <summary>What a copy is made of; scp looks for files by pattern, so what would be one is marked as plain.</summary>
    public static string ForDownload(string remote, bool isFolder)
    {
        var plain = FromHome(remote).Select(letter => letter is '*' or '?' or '[' or ']' or '\\' ? $"\\{letter}" : $"{letter}");
        return $"node:{string.Concat(plain)}{(isFolder ? "/." : "")}";
    }

    /// <summary>The path from the account's own folder, where a session begins.</summary>
    public static string FromHome(string remote) =>
        remote is "" or "~" ? "."
        : remote.StartsWith("~/", StringComparison.Ordinal) ? $"./{remote[2..]}"
        : remote[0] == '/' ? remote
        : $"./{remote}";

    // ssh puts variables of its environment into paths, and has no way to write that it should not.
    private static bool IsPath(string path) => !path.Contains("${", StringComparison.Ordinal) && !path.Any(char.IsControl);

    private static bool IsUser(string user) =>
        user.Length is > 0 and <= 64 && (char.IsAsciiLetterOrDigit(user[0]) || user[0] == '_')
        && user.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@');
}
