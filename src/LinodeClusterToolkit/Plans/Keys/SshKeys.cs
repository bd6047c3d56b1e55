namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys that say how nodes are reached by SSH.</summary>
internal static class SshKeys
{
    public static readonly PlanShape Ssh = new("ssh", "How nodes are reached by SSH.",
    [
        new("from", Kinds.OneOrMany(Kinds.Text),
            "Whom SSH answers: anywhere, or networks and addresses such as 203.0.113.0/24; anywhere where it is not said."),
        new("keys", new WordKind("node", "group", "cluster"),
            "Which nodes share a key pair: none, those of a group in a region, or all of the cluster; node where it is not said."),
        new("root", Kinds.Flag, "Whether root is let in by key; without it root cannot log in at all. yes where it is not said."),
        new("admin", Kinds.Account, "Account the toolkit works with, which may become root without a password; lctadmin where it is not said."),
        new("root-password", new WordKind("forgotten", "kept"),
            "The random password of root, for the console: kept puts each node's into the secret store; forgotten where it is not said."),
        new("kex", new WordKind("hybrid", "pq-only"),
            "Key exchange: pq-only keeps out every client that knows no post-quantum method; hybrid where it is not said."),
    ]);
}
