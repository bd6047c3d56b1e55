using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Brings accounts, sshd and firewall to what they should be, whatever the first boot did of it, and gives the node a host key of its own.</summary>
internal sealed class SecureNodes(ConfigurationTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.BootedNodes
        select new TaskStep($"secure {node.Label}", (_, token) => SecureAsync(node, token))
        {
            After = [Milestone.Reachable(node.Label)],
            Before = [Milestone.Secured(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "securing",
        };

    private async Task SecureAsync(ResolvedNode node, CancellationToken cancellation)
    {
        var admin = await tools.Identities.AdminAsync(node.Label, node.Region, node.Group, cancellation).ConfigureAwait(false);
        var script = Hardening.Script(Hardening.Stage.Ssh, node.OwnNames, tools.Policy, admin.Public, node.Egress)
            .And("Configuration", "hostkey").Call("make_key");
        var report = await tools.RunAsync(node.Key, script, cancellation).ConfigureAwait(false);
        if (report.IsRecorded)
        {
            return;
        }

        var made = report.HostKey ?? throw new RemoteException(RemoteStage.Command, ConfigurationProblems.NoHostKey(node.Label));
        await ChangeHostKeyAsync(node, made, cancellation).ConfigureAwait(false);
    }

    // The new key is known here before it is used there: whenever this is cut short, what the node shows next is known.
    private async Task ChangeHostKeyAsync(ResolvedNode node, string made, CancellationToken cancellation)
    {
        await tools.Book.ChangeNodeAsync(node.Key, now => now with { HostKeys = [made, .. now.HostKeys.Where(known => known != made)] })
            .ConfigureAwait(false);
        await tools.RunAsync(node.Key, HostKeyScript("use_key"), cancellation).ConfigureAwait(false);

        // From here on only the new key opens a connection, and that one calls off the return to the rules before.
        await tools.Book.ChangeNodeAsync(node.Key, now => now with { HostKeys = [made] }).ConfigureAwait(false);
        await tools.Shell.CloseAsync(await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        await tools.RunAsync(node.Key, HostKeyScript("keep_rules"), cancellation).ConfigureAwait(false);
        await tools.Identities.ForgetHostAsync(node.Label, cancellation).ConfigureAwait(false);
    }

    private static ShellScript HostKeyScript(string function) => ShellScript.Of("Configuration", "hostkey").Call(function);
}
