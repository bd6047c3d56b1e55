using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Brings users, SSH, and mounts of nodes that stay to what their plan says.</summary>
internal sealed class EditInside(ConfigurationTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        foreach (var edit in changes.EditsBy(ChangeRules.NodeUsers))
        {
            var script = MakeAccounts.Script(edit.Node!, changes.Accounts);
            foreach (var former in edit.Former)
            {
                script.Call("former_user", former);
            }

            yield return StepFor("change users", edit, changes, "changing users", token => tools.RunAsync(edit.Record!.Key, script, token));
        }

        foreach (var edit in changes.EditsBy(ChangeRules.NodeSsh))
        {
            yield return StepFor("secure again", edit, changes, "securing", token => SecureAsync(edit.Node!, token)) with
            {
                Before = [Milestone.Proven(edit.Change.Label)],
            };
        }
    }

    private static TaskStep StepFor(string verb, Edit edit, ChangeSet changes, string doing, Func<CancellationToken, Task> work) =>
        new($"{verb} {edit.Change.Label}", (_, token) => work(token))
        {
            After = [.. changes.Turns.Where(turn => turn.Node.Key == edit.Change.Node).Select(turn => Milestone.TurnEnded(turn.Node.Label))],
            Subject = new StepSubject(edit.Change.Region, edit.Change.Group, edit.Change.Label),
            Doing = doing,
        };

    // Rules that shut us out are taken back by the node itself: a new connection says that they do not.
    private async Task SecureAsync(ResolvedNode node, CancellationToken cancellation)
    {
        var admin = await tools.Identities.AdminAsync(node.Label, node.Region, node.Group, cancellation).ConfigureAwait(false);
        var script = Hardening.Script(Hardening.Stage.Ssh, node.OwnNames, tools.Policy, admin.Public, node.Egress);
        await tools.RunAsync(node.Key, script, cancellation).ConfigureAwait(false);
        await tools.Shell.CloseAsync(await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        try
        {
            await tools.RunAsync(node.Key, ShellScript.Of("Configuration", "hostkey").Call("keep_rules"), cancellation).ConfigureAwait(false);
        }
        catch (RemoteException shut) when (shut.Stage is not RemoteStage.Command)
        {
            throw new RemoteException(shut.Stage, ConfigurationProblems.ShutOut(node.Label, tools.Policy.From), shut);
        }
    }
}
