using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>What rides along when a node is created, so that it is closed and known from its first boot on.</summary>
/// <remarks>The keys in it are in the secret store before it is made: a node whose answer was lost can still be entered.</remarks>
internal static class FirstBoots
{
    /// <summary>User data for the create call; null for a node whose image does not act on it.</summary>
    public static async Task<Sensitive?> UserDataAsync(ProvisioningTools tools, ResolvedNode node, Riders riders, CancellationToken cancellation)
    {
        if (!node.TakesUserData)
        {
            return null;
        }

        var (hardening, host) = await ContentAsync(tools, node, cancellation).ConfigureAwait(false);
        return node.IsOfOwnImage ? FirstBoot.UserDataOfCopy(hardening, host, riders.UserData) : FirstBoot.UserData(hardening, host, riders.UserData);
    }

    /// <summary>
    /// The script for the call that puts the image on a disk: what does the same where there is no cloud-init, and what the plan brings; null
    /// where there is neither.
    /// </summary>
    public static async Task<ScriptOrder?> ScriptAsync(ProvisioningTools tools, ResolvedNode node, Riders riders, CancellationToken cancellation)
    {
        if (riders.ScriptFor(node) is not { } needed)
        {
            return null;
        }

        var data = new Dictionary<string, Sensitive>(StringComparer.Ordinal);
        if (!node.TakesUserData)
        {
            var (hardening, host) = await ContentAsync(tools, node, cancellation).ConfigureAwait(false);
            data = new(FirstBoot.ScriptData(hardening, host), StringComparer.Ordinal);
        }

        foreach (var (name, value) in await ScriptValues.RevealAsync(riders, tools.Secrets, cancellation).ConfigureAwait(false))
        {
            data[name] = value;
        }

        return new(tools.Book.FindResource(ResourceKind.StackScript, needed.Key)!.CloudId!.Value, data);
    }

    /// <summary>The record of a node with what is known of it from the beginning: whose account it has, and which host key it will show.</summary>
    public static async Task<NodeRecord> KnownAsync(ProvisioningTools tools, ResolvedNode node, NodeRecord record, CancellationToken cancellation)
    {
        // What the node has made of itself since is not forgotten when an earlier try at creating it is taken up.
        if (record.HostKeys.Count > 0)
        {
            return record;
        }

        var (_, host) = await FirstAsync(tools, node, cancellation).ConfigureAwait(false);
        return record with
        {
            Login = tools.Credentials.Policy.Admin,
            HostKeys = [$"{host.Public.Type} {host.Public.Body}"],
            HostKeyOrigin = node.TakesUserData ? HostKeyOrigin.Injected : HostKeyOrigin.StackScript,
        };
    }

    private static Task<(SshKeyPair Admin, SshKeyPair Host)> FirstAsync(ProvisioningTools tools, ResolvedNode node, CancellationToken cancellation) =>
        tools.Credentials.Identities.FirstAsync(node.Label, node.Region, node.Group, cancellation);

    private static async Task<(ShellScript Hardening, SshKeyPair Host)> ContentAsync(
        ProvisioningTools tools, ResolvedNode node, CancellationToken cancellation)
    {
        var (admin, host) = await FirstAsync(tools, node, cancellation).ConfigureAwait(false);
        return (Hardening.Script(Hardening.Stage.Boot, node.OwnNames, tools.Credentials.Policy, admin.Public, node.Egress), host);
    }
}
