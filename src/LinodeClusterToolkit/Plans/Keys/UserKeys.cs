namespace LinodeClusterToolkit.Plans.Keys;

/// <summary>The keys of a set of users.</summary>
internal static class UserKeys
{
    private static readonly KeyKind Id = new WholeKind(1000, 59999);

    public static readonly PlanShape Group = new("user group", "A group of users on the nodes.",
    [
        new("name", Kinds.Account, "Name of the group.") { Required = true },
        new("gid", Id, "Its number."),
    ]);

    public static readonly PlanShape User = new("user", "A user on the nodes.",
    [
        new("name", Kinds.Account, "Name of the account.") { Required = true },
        new("uid", Id, "Its number."),
        new("groups", new ListKind(Kinds.Account), "Groups it belongs to."),
        new("sudo", Kinds.Flag, "Whether it may become root; no password is asked."),
        new("login", Kinds.Flag, "Whether it may log in."),
        new("keys", new ListKind(Kinds.Verbatim), "Public SSH keys: files, or the keys themselves."),
    ]);

    public static readonly PlanShape Set = new("user set", "Groups and users that belong together.",
    [
        new("groups", new ListKind(new SectionKind(Group)), "Its groups."),
        new("users", new ListKind(new SectionKind(User)), "Its users."),
    ]);
}
