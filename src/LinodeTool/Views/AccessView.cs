using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>The inside of a plan's nodes in short: the way in, users, what they may call, mounts.</summary>
internal static class AccessView
{
    public static IEnumerable<string> Text(PlanDocument plan) =>
    [
        .. Facts.Lines(("ssh", Ssh(plan.Ssh))),
        .. plan.Users.Count > 0 ? Table.Lines(plan.Users, Users, header: true).Prepend("") : [],
        .. Alike(plan) is { Count: > 0 } groups ? Table.Lines(groups, Inside, header: true).Prepend("") : [],
    ];

    private static string Mount(MountDocument mount) => $"{mount.Path} ({mount.Filesystem} on {mount.Of})";

    private static string Ssh(SshDocument ssh) => string.Join("; ",
        $"as {ssh.Admin}, root {(ssh.Root ? "by key" : "not at all")}",
        $"from {(ssh.From.Contains("0.0.0.0/0") && ssh.From.Contains("::/0") ? "anywhere" : string.Join(", ", ssh.From))}",
        ssh.Keys switch { "node" => "a key pair for every node", "group" => "a key pair for every group of a region", _ => "one key pair" },
        $"key exchange {ssh.Kex}");

    /// <summary>The groups that say something of the inside of their nodes; those alike in several regions are said once.</summary>
    private static IReadOnlyList<InsideRow> Alike(PlanDocument plan) =>
    [
        .. from @group in plan.Groups
           where @group.Users.Count > 0 || @group.Uses.Count > 0 || @group.Mounts.Count > 0
           group @group.Region by (@group.Group, Users: Words(@group.Users), Uses: Words(@group.Uses), Mounts: Words([.. @group.Mounts.Select(Mount)]))
           into same
           select new InsideRow(same.Key.Group, Words([.. same]), same.Key.Users, same.Key.Uses, same.Key.Mounts),
    ];

    private static IReadOnlyList<Column<UserDocument>> Users =>
    [
        new("set", user => user.Set),
        new("user", user => user.Name),
        new("uid", user => user.Uid is { } uid ? $"{uid}" : null) { Right = true },
        new("groups", user => Words(user.Groups)),
        new("sudo", user => user.Sudo ? "yes" : "no"),
        new("login", user => user.Login ? Say.Count(user.KeyCount, "key") : "no"),
    ];

    private static IReadOnlyList<Column<InsideRow>> Inside =>
    [
        new("group", row => row.Group),
        new("regions", row => row.Regions),
        new("users", row => row.Users),
        new("uses", row => row.Uses),
        new("mounts", row => row.Mounts),
    ];

    private static string? Words(IReadOnlyList<string> words) => words.Count == 0 ? null : string.Join(", ", words);

    private sealed record InsideRow(string Group, string? Regions, string? Users, string? Uses, string? Mounts);
}
