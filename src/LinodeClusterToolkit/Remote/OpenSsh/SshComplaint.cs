using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>The one place where what ssh prints about a failed login is read.</summary>
internal static partial class SshComplaint
{
    // The first that fits counts: a banner's time-out comes before any other, a jump host's words before those of the way it closes.
    private static readonly (RemoteStage Stage, string[] Words)[] Known =
    [
        (RemoteStage.HostKey, ["Host key verification failed", "HOST IDENTIFICATION HAS CHANGED", "host key is known for"]),
        (RemoteStage.KeyRefused, ["Permission denied (", "Too many authentication failures", "No supported authentication methods"]),
        (RemoteStage.Local, ["Unable to negotiate", "bad configuration option", "missing argument", "Can't open user config", "Bad owner"]),
        (RemoteStage.NoBanner, ["banner exchange"]),
        (RemoteStage.Refused, ["Connection refused"]),
        (RemoteStage.NoRoute, ["timed out", "No route to host", "unreachable", "Could not resolve hostname", "Host is down"]),
    ];

    /// <summary>How far a login came that failed with these words.</summary>
    /// <remarks>What is not known counts as a server that is not ready yet, e.g. one that hangs up in the key exchange.</remarks>
    public static RemoteStage StageOf(string said)
    {
        foreach (var (stage, words) in Known)
        {
            if (words.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return stage;
            }
        }

        return RemoteStage.NoBanner;
    }

    /// <summary>Whether a wait for the node to boot could change it.</summary>
    public static bool MayPass(RemoteStage stage) => stage is RemoteStage.NoRoute or RemoteStage.Refused or RemoteStage.NoBanner;

    /// <summary>Fingerprint of the host key that was shown, where ssh names it: in its warning of a changed one, and on its debug level.</summary>
    public static string? ShownKey(string said) => Shown().Match(said) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"(?:key sent by the remote host is|Server host key: \S+)\s+(SHA256:[A-Za-z0-9+/]+)")]
    private static partial Regex Shown();
}
