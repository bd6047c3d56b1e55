using System.Text.RegularExpressions;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Host;

namespace LinodeTool.Commands;

/// <summary>The value of <c>default-root-ssh-public-key</c>: key text, or a file with it. A private key is refused before it is stored anywhere.</summary>
internal static partial class PublicKeys
{
    private const int MostCharacters = 16 * 1024;

    public static string Read(ToolHost host, string value)
    {
        if (IsPrivate(value))
        {
            throw new LinodeToolkitException(CommandProblems.PrivateKey("the value", null));
        }

        var key = KeyLine().IsMatch(value.Trim()) ? value : FromFile(host, value);
        return KeyLine().IsMatch(key.Trim()) ? key.Trim() : throw new LinodeToolkitException(CommandProblems.NotPublicKey(Shown(host, value)));
    }

    private static string FromFile(ToolHost host, string value)
    {
        if (value.Contains('\n') || value.Length > 4096)
        {
            return "";
        }

        var path = host.FullPath(value);
        if (!File.Exists(path))
        {
            return "";
        }

        try
        {
            using var reader = new StreamReader(path);
            var text = new char[MostCharacters];
            var key = new string(text, 0, reader.ReadBlock(text));
            return !IsPrivate(key) ? key : throw new LinodeToolkitException(
                CommandProblems.PrivateKey(Shown(host, value), File.Exists(path + ".pub") ? Shown(host, value) + ".pub" : null));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unreadable(value, failure.Message, []), failure);
        }
    }

    private static bool IsPrivate(string text) =>
        text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) || text.StartsWith("PuTTY-User-Key-File", StringComparison.Ordinal);

    /// <summary>The path as people write it; a shell has made it absolute.</summary>
    private static string Shown(ToolHost host, string path) =>
        path.StartsWith(host.Home + "/", StringComparison.Ordinal) ? "~" + path[host.Home.Length..] : path.Length <= 100 ? path : "the value";

    [GeneratedRegex(@"^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp\d+|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{40,}={0,3}( [^\r\n]*)?\z")]
    private static partial Regex KeyLine();
}
