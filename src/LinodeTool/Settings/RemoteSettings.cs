using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>How nodes are reached.</summary>
internal static class RemoteSettings
{
    /// <summary>The shell to use; null leaves the choice of the OpenSSH client to the toolkit.</summary>
    /// <param name="settings">What holds for this call.</param>
    /// <param name="hasMachines">False where the cloud is known to have records only.</param>
    public static IRemoteShell? Shell(ToolSettings settings, bool hasMachines) => IsRecorder(settings, hasMachines) ? new RecordingShell() : null;

    /// <summary>Whether what is to run on nodes is only kept.</summary>
    /// <param name="settings">What holds for this call.</param>
    /// <param name="hasMachines">False where the cloud is known to have records only.</param>
    public static bool IsRecorder(ToolSettings settings, bool hasMachines) =>
        settings.Choice(Keys.Remote, hasMachines ? "openssh" : "recorder", "openssh", "recorder") == "recorder";

    /// <summary>How the OpenSSH client is used: the user's own configuration fills what ours leaves open.</summary>
    public static SshSettings Ssh(ToolHost host, ToolSettings settings)
    {
        var usual = Path.Combine(host.Home, ".ssh", "config");
        return new SshSettings
        {
            UserConfig = settings.Text(Keys.SshConfig) is { } named ? named is "none" ? null : host.FullPath(named) : File.Exists(usual) ? usual : null,
            UserAgent = host.Variable("SSH_AUTH_SOCK"),
            Jump = settings.Text(Keys.SshJump),
            Time = host.Time,
        };
    }

    /// <summary>How long is waited for what a key is about, or null for the usual.</summary>
    /// <param name="settings">What holds for this call.</param>
    /// <param name="key">One of those that hold a duration.</param>
    public static TimeSpan? Wait(ToolSettings settings, string key) => settings.Find(key) is { } found ? Durations.Parse(key, found.Value) : null;
}
