namespace LinodeClusterToolkit.Security;

/// <summary>How nodes are reached by SSH; the same for all nodes of a plan.</summary>
public sealed record SshPolicy
{
    /// <summary>Name of the account the toolkit works with, which may become root without a password.</summary>
    public string Admin { get; init; } = "lctadmin";

    /// <summary>True lets root in by key; false not at all.</summary>
    public bool Root { get; init; } = true;

    /// <summary>Networks SSH is answered for.</summary>
    public IReadOnlyList<string> From { get; init; } = ["0.0.0.0/0", "::/0"];

    /// <summary>How many nodes share a key pair.</summary>
    public KeySharing Keys { get; init; } = KeySharing.Node;

    /// <summary>True keeps each node's password of root, which the console asks for, in the secret store; false has it forgotten at once.</summary>
    public bool KeepsRootPassword { get; init; }

    /// <summary>True offers no key exchange that a quantum computer could break: clients older than OpenSSH 8.5 stay outside.</summary>
    public bool PostQuantumOnly { get; init; }
}

/// <summary>How many nodes share a key pair for the admin account.</summary>
public enum KeySharing
{
    /// <summary>Each node has its own.</summary>
    Node,

    /// <summary>The nodes of a group in a region share one.</summary>
    Group,

    /// <summary>All nodes of the cluster share one.</summary>
    Cluster,
}
