namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a set of users.</summary>
internal static class UserKeys
{
    private static readonly KeyKind Id = new WholeKind(1000, 59999);

    public static readonly PlanShape Group = new("user group", "A group of users on the nodes.",
    [
        new("name", Kinds.Account, "Name of the group.") { Required = true },
        new("gid", Id, "Its number; the node chooses one where it is not said."),
    ]);

    public static readonly PlanShape User = new("user", "A user on the nodes.",
    [
        new("name", Kinds.Account, "Name of the account.") { Required = true },
        new("uid", Id, "Its number; the node chooses one where it is not said."),
        new("groups", new ListKind(Kinds.Account), "Groups it belongs to besides its own: of the sets its nodes have, or of the system such as adm."),
        new("sudo", Kinds.Flag, "Whether it may become root; no password is asked."),
        new("login", Kinds.Flag, "Whether it may log in by SSH, which takes keys; no where it is not said."),
        new("keys", new ListKind(Kinds.Verbatim), "Public SSH keys: the keys themselves, or files such as ops.pub or ~/.ssh/id_ed25519.pub."),
    ]);

    public static readonly PlanShape Set = new("user set", "Groups and users that belong together.",
    [
        new("groups", new ListKind(new SectionKind(Group)), "Its groups."),
        new("users", new ListKind(new SectionKind(User)), "Its users."),
    ]);
}
