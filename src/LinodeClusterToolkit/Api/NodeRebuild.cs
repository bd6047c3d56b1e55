using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api;

/// <summary>What to make a standing node anew from; what rode along at its creation has to be given again.</summary>
/// <param name="Image">Image, or null to leave it without disks.</param>
public sealed record NodeRebuild(string? Image)
{
    /// <summary>Root password; needed with an image unless there are keys.</summary>
    public Sensitive? RootPassword { get; init; }

    /// <summary>Public SSH keys for root.</summary>
    public IReadOnlyList<string> AuthorizedKeys { get; init; } = [];

    /// <summary>False leaves it powered off.</summary>
    public bool Booted { get; init; } = true;

    /// <summary>User data for cloud-init, base64; without it the node has none any more.</summary>
    public Sensitive? UserData { get; init; }

    /// <summary>Script that runs at the first boot; goes with an image.</summary>
    public ScriptOrder? Script { get; init; }
}
