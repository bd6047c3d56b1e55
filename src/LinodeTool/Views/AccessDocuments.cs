using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

namespace LinodeTool.Views;

/// <summary>Who reaches the nodes of a plan by SSH, and how.</summary>
internal sealed record SshDocument(string Admin, bool Root, IReadOnlyList<string> From, string Keys, string Kex, string RootPassword)
{
    public static SshDocument Of(SshPolicy ssh) => new(
        ssh.Admin, ssh.Root, ssh.From, ssh.Keys.ToString().ToLowerInvariant(), ssh.PostQuantumOnly ? "pq-only" : "hybrid",
        ssh.KeepsRootPassword ? "kept" : "forgotten");
}

/// <summary>A user of a plan's sets; of its keys only how many there are.</summary>
internal sealed record UserDocument(string Set, string Name, int? Uid, IReadOnlyList<string> Groups, bool Sudo, bool Login, int KeyCount)
{
    public static IReadOnlyList<UserDocument> From(ResolvedPlan plan) =>
        [.. from set in plan.Accounts
            from user in set.Value.Users
            select new UserDocument(set.Key, user.Name, user.Uid, user.Groups, user.Sudo, user.Login, user.Keys.Count)];
}
