using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Gives nodes a new admin key pair: beside the old one, proved, put in force, and only then alone.</summary>
/// <remarks>
/// A pair that nodes share is put in force when all of them have taken it: one that cannot be reached keeps the old one in force for all, and the
/// next run goes on. Nothing here has to be kept from others who connect meanwhile, see <see cref="KeyRotation"/>.
/// </remarks>
internal sealed class RotateKeys(ConfigurationTools tools) : IGraphPart
{
    // As for a node that answered before.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>The step that ends the change of a pair.</summary>
    public static string LastOf(RotatedKey key) => $"forget old key {key.Name}";

    /// <summary>The step after which a node is opened by the new key alone.</summary>
    public static string LastOf(NodeRecord node) => $"drop old key {node.Label}";

    /// <summary>Whether it is known without a try that nobody can look inside.</summary>
    public static bool IsOff(NodeRecord node) => node.State == NodeState.Stopped || node.Power == "offline";

    /// <summary>Names of all steps of a pair.</summary>
    public static IReadOnlyList<string> StepsOf(RotatedKey key) =>
        [MakeOf(key), .. key.Nodes.Select(AddOf), SwitchOf(key), .. key.Nodes.Select(LastOf), LastOf(key)];

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) => changes.RotatedKeys.SelectMany(StepsFor);

    private static string MakeOf(RotatedKey key) => $"make key {key.Name}";

    private static string AddOf(NodeRecord node) => $"add key {node.Label}";

    private static string SwitchOf(RotatedKey key) => $"switch key {key.Name}";

    private IEnumerable<TaskStep> StepsFor(RotatedKey key)
    {
        var one = key.Nodes[0];
        var rotation = tools.Identities.RotationOf(one.Label, one.Region, one.Group);
        var shared = key.Nodes.Count == 1 ? SubjectOf(one) : StepSubject.None;
        yield return new TaskStep(MakeOf(key), async (_, token) => Demand(await rotation.PrepareAsync(token).ConfigureAwait(false), key))
        {
            Subject = shared, Doing = "making a key",
        };
        foreach (var node in key.Nodes)
        {
            yield return new TaskStep(AddOf(node), (_, token) => AddAsync(key, node, rotation, token))
            {
                After = [MakeOf(key)], Subject = SubjectOf(node), Doing = "adding the new key",
            };
        }

        yield return new TaskStep(SwitchOf(key), (_, token) => SwitchAsync(key, rotation, token))
        {
            After = [.. key.Nodes.Select(AddOf)], Subject = shared, Doing = "switching keys",
        };
        foreach (var node in key.Nodes)
        {
            yield return new TaskStep(LastOf(node), (_, token) => DropAsync(key, node, rotation, token))
            {
                After = [SwitchOf(key)], Subject = SubjectOf(node), Doing = "dropping the old key",
            };
        }

        yield return new TaskStep(LastOf(key), (_, token) => rotation.EndAsync(token))
        {
            After = [.. key.Nodes.Select(LastOf)], Subject = shared, Doing = "forgetting the old key",
        };
    }

    private async Task AddAsync(RotatedKey key, NodeRecord node, KeyRotation rotation, CancellationToken cancellation)
    {
        DemandOn(node);
        var keys = await KeysAsync(key, rotation, cancellation).ConfigureAwait(false);
        var (old, coming) = (keys.Old ?? keys.Current, keys.Next!);
        var host = await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false);
        var script = ShellScript.Of("Configuration", "keys")
            .Call("add_key", host.User, coming.Public.Type, old.Public.Body, coming.Public.Body);
        await tools.RunAsync(node.Key, script, cancellation).ConfigureAwait(false);
        await DemandOpensAsync(host with { Identity = coming }, cancellation).ConfigureAwait(false);
    }

    private static async Task SwitchAsync(RotatedKey key, KeyRotation rotation, CancellationToken cancellation)
    {
        if (!await rotation.SwitchAsync(cancellation).ConfigureAwait(false))
        {
            throw new LinodeToolkitException(ConfigurationProblems.KeyChanged(key.Name));
        }
    }

    private async Task DropAsync(RotatedKey key, NodeRecord node, KeyRotation rotation, CancellationToken cancellation)
    {
        DemandOn(node);
        var keys = await KeysAsync(key, rotation, cancellation).ConfigureAwait(false);
        if (keys is not { IsSwitched: true, Old: { } old })
        {
            throw new LinodeToolkitException(ConfigurationProblems.KeyChanged(key.Name));
        }

        var host = await tools.HostAsync(node.Key, cancellation).ConfigureAwait(false) with { Identity = keys.Current };
        var script = ShellScript.Of("Configuration", "keys").Call("drop_key", host.User, old.Public.Body, keys.Current.Public.Body);
        await tools.RunAsync(node.Key, script, cancellation).ConfigureAwait(false);
        await DemandRefusedAsync(host with { Identity = old }, cancellation).ConfigureAwait(false);
        await DemandOpensAsync(host, cancellation).ConfigureAwait(false);
        tools.Book.NodeChanged?.Invoke(tools.Book.Node(node.Key));
    }

    // A connection that stands says nothing of a key: only a new one does.
    private async Task DemandOpensAsync(RemoteHost host, CancellationToken cancellation)
    {
        await tools.Shell.CloseAsync(host).ConfigureAwait(false);
        await tools.Shell.ConnectAsync(host, Within, null, cancellation).ConfigureAwait(false);
    }

    private async Task DemandRefusedAsync(RemoteHost host, CancellationToken cancellation)
    {
        if (!tools.Shell.IsReal)
        {
            return;
        }

        try
        {
            await DemandOpensAsync(host, cancellation).ConfigureAwait(false);
        }
        catch (RemoteException refused) when (refused.Stage == RemoteStage.KeyRefused)
        {
            return;
        }

        await tools.Shell.CloseAsync(host).ConfigureAwait(false);
        throw new LinodeToolkitException(ConfigurationProblems.OldKeyOpens(host.Name, host.Identity!.Public.Fingerprint));
    }

    private static async Task<RotatingKeys> KeysAsync(RotatedKey key, KeyRotation rotation, CancellationToken cancellation) =>
        await rotation.FindAsync(cancellation).ConfigureAwait(false) is { Next: not null } keys
            ? keys
            : throw new LinodeToolkitException(ConfigurationProblems.KeyChanged(key.Name));

    private static void Demand(bool isThere, RotatedKey key)
    {
        if (!isThere)
        {
            throw new LinodeToolkitException(ConfigurationProblems.NoKey(key.Name));
        }
    }

    private void DemandOn(NodeRecord node)
    {
        if (IsOff(tools.Book.Node(node.Key)))
        {
            throw new LinodeToolkitException(ConfigurationProblems.NodeOff(node.Label));
        }
    }

    private static StepSubject SubjectOf(NodeRecord node) => new(node.Region, node.Group, node.Label);
}
