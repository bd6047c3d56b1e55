using System.Globalization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Makes the groups and users that a plan gives a node.</summary>
internal sealed class MakeAccounts(ConfigurationTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.BootedNodes
        where node.Users.Count > 0
        select new TaskStep($"users {node.Label}", (_, token) => tools.RunAsync(node.Key, Script(node, changes.Accounts), token))
        {
            After = [Milestone.Secured(node.Label)],
            Before = [Milestone.Configured(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "making users",
        };

    internal static ShellScript Script(ResolvedNode node, IReadOnlyDictionary<string, AccountSet> accounts)
    {
        var script = ShellScript.Of("Configuration", "users");
        var sets = node.Users.Select(name => accounts[name]).ToList();
        // Those with numbers of their own come first, or one without might be given theirs.
        foreach (var group in sets.SelectMany(set => set.Groups).DistinctBy(group => group.Name).OrderBy(group => group.Gid is null))
        {
            script.Call("user_group", group.Name, Number(group.Gid));
        }

        foreach (var user in sets.SelectMany(set => set.Users).DistinctBy(user => user.Name).OrderBy(user => user.Uid is null))
        {
            script.Call(
                "user", user.Name, Number(user.Uid), string.Join(',', user.Groups), user.Sudo ? "yes" : "no", user.Login ? "yes" : "no",
                string.Join('\n', user.Keys));
        }

        return script;
    }

    private static string Number(int? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
