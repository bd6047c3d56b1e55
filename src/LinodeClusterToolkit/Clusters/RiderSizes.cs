using System.Security.Cryptography;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Measures what is to ride in create calls, before the first of them.</summary>
internal static class RiderSizes
{
    private const int MostUserData = 16_384;

    // Keys of other nodes pack a few bytes better or worse than the one that stands in for them.
    private const int Spread = 64;

    /// <summary>Throws where the user data of a group would be larger than the platform takes.</summary>
    /// <exception cref="PlanException">It would.</exception>
    public static void Demand(ResolvedPlan plan)
    {
        var problems = new List<Problem>();
        foreach (var (region, grp) in plan.Regions.SelectMany(region => region.Groups.Select(grp => (region, grp))))
        {
            var parts = Riders.Of(grp.Actions).UserData;
            if (parts.Count > 0 && Longest(grp.Nodes) is { } node)
            {
                var (script, host) = StandIn(plan, node);
                var length = Sent(node, script, host, parts) + Spread;
                if (length > MostUserData)
                {
                    var ours = Sent(node, script, host, []);
                    problems.Add(RiderProblems.UserDataTooBig(length, MostUserData, ours) with { Where = $"{region.Id}/{grp.Name}" });
                }
            }
        }

        if (problems.Count > 0)
        {
            throw new PlanException(problems);
        }
    }

    private static int Sent(ResolvedNode node, ShellScript script, SshKeyPair host, IReadOnlyList<UserDataPart> parts) =>
        (node.IsOfOwnImage ? FirstBoot.UserDataOfCopy(script, host, parts) : FirstBoot.UserData(script, host, parts)).Reveal().Length;

    /// <summary>Throws where a secret that a StackScript is to be given is missing, or all it is given is more than the platform takes.</summary>
    /// <exception cref="LinodeToolkitException">One is.</exception>
    public static async Task DemandDataAsync(ResolvedPlan plan, ChangeSet changes, ISecretStore secrets, CancellationToken cancellation)
    {
        foreach (var nodes in changes.AddedNodes.GroupBy(node => (node.Region, node.Group)))
        {
            var riders = changes.RidersOf(nodes.First());
            var values = await ScriptValues.RevealAsync(riders, secrets, cancellation).ConfigureAwait(false);
            if (values.Count == 0 || Longest(nodes) is not { } node)
            {
                continue;
            }

            var (script, host) = StandIn(plan, node);
            var all = node.TakesUserData ? values : values.Concat(FirstBoot.ScriptData(script, host));
            var length = StackScriptCheck.DataLength(all.Select(one => KeyValuePair.Create(one.Key, one.Value.Reveal())));
            if (length > BootScriptText.Most)
            {
                throw new LinodeToolkitException(
                    RiderProblems.TooLong($"what {riders.StackScript!.Name} is given", length) with { Where = $"{node.Region}/{node.Group}" });
            }
        }
    }

    private static ResolvedNode? Longest(IEnumerable<ResolvedNode> nodes) => nodes.MaxBy(node => node.OwnNames.Sum(name => name.Length));

    // Keys have one length, and what is secret in them packs alike, as it looks like chance.
    private static (ShellScript Script, SshKeyPair Host) StandIn(ResolvedPlan plan, ResolvedNode node)
    {
        byte[] blob = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. RandomNumberGenerator.GetBytes(32)];
        var key = SshPublicKey.Parse($"ssh-ed25519 {Convert.ToBase64String(blob)}", "a key that stands in for another");
        var half = Convert.ToBase64String([.. new byte[64], .. RandomNumberGenerator.GetBytes(170)]);
        var host = new SshKeyPair(key, new($"-----BEGIN OPENSSH PRIVATE KEY-----\n{half}\n-----END OPENSSH PRIVATE KEY-----\n"));
        return (Hardening.Script(Hardening.Stage.Boot, node.OwnNames, plan.Ssh, key, node.Egress), host);
    }
}
