using System.Security.Cryptography;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>How the OpenSSH client of this machine is used.</summary>
public sealed record SshSettings
{
    /// <summary>The program; <c>ssh-agent</c>, <c>ssh-add</c> and <c>scp</c> are taken from beside it where a folder is named.</summary>
    public string Program { get; init; } = "ssh";

    /// <summary>Folder of one shell alone, made 0700 and deleted with it: its configuration and sockets.</summary>
    /// <remarks>At most 70 bytes long, since the system limits the paths of sockets.</remarks>
    public string RuntimeFolder { get; init; } = FreshFolder();

    /// <summary>The user's own ssh_config, which fills what ours leaves open, e.g. a jump host; null for none.</summary>
    public string? UserConfig { get; init; }

    /// <summary>Socket of the user's agent, asked where a host has no key pair of ours and by a jump host; null for none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Host all connections go through, as ssh takes it: <c>user@host:port</c>, several with commas between; null for none.</summary>
    public string? Jump { get; init; }

    /// <summary>Most logins under way at once, over all hosts.</summary>
    public int MostConnects { get; init; } = 16;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    private static string FreshFolder()
    {
        var parent = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and <= 50 } own && Directory.Exists(own) ? own : "/tmp";
        return Path.Combine(parent, $"lct-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
    }
}
