using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Users and groups of a node in a line, to be held against another line.</summary>
internal static class Accounts
{
    public static string Of(ResolvedPlan plan, ResolvedNode node)
    {
        var sets = node.Users.Select(name => plan.Accounts[name]).ToList();
        var groups = sets.SelectMany(set => set.Groups).DistinctBy(group => group.Name).Select(group => group.Gid is { } gid ? $"{group.Name}({gid})" : group.Name);
        var users = sets.SelectMany(set => set.Users).DistinctBy(user => user.Name).Select(Text);
        return string.Join("; ", new[] { string.Join(' ', users), string.Join(' ', groups) }.Where(part => part.Length > 0));
    }

    // Keys are public, and too long to be read: their hash tells whether they are the same.
    private static string Text(Account user)
    {
        var facts = string.Concat(
            user.Uid, user.Sudo ? "+sudo" : "", user.Login ? "" : "-login", string.Concat(user.Groups.Select(group => $"+{group}")),
            user.Keys.Count > 0 ? $" {user.Keys.Count} keys {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', user.Keys))))[..6]}" : "");
        return facts.Length == 0 ? user.Name : $"{user.Name}({facts})";
    }
}
