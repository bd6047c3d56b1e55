namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Where a HashiCorp Vault or OpenBao is, and how to be let in.</summary>
public sealed record VaultOptions
{
    /// <summary>Its address, without <c>/v1</c>; https, or http on this machine.</summary>
    public required Uri Address { get; init; }

    /// <summary>What to be let in with.</summary>
    public required VaultAuth Auth { get; init; }

    /// <summary>Where version 2 of its key-value engine is mounted.</summary>
    public string Mount { get; init; } = "secret";

    /// <summary>Path below the mount that all secrets lie under; those who are to share nothing each need one of their own.</summary>
    public string Prefix { get; init; } = "linode-cluster-toolkit";

    /// <summary>Namespace all of it is in, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>PEM file of a certificate authority trusted besides the system's, or null; for the platform's own handler only.</summary>
    public string? CaFile { get; init; }

    /// <summary>Further hosts of the same Vault, each as <c>host</c> or <c>host:port</c>: a standby may send on to these alone.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Sends the requests, and is disposed of by whoever made it; it must follow no redirect. Null for the platform's own.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
