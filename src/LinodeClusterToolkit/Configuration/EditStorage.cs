using System.Globalization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Formats, mounts, grows and leaves volumes on nodes that stay.</summary>
internal sealed class EditStorage(ConfigurationTools tools) : IGraphPart
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(20);

    private static readonly IReadOnlyList<ChangeRule> Shown =
        [ChangeRules.VolumeAdded, ChangeRules.VolumeLost, ChangeRules.VolumeLoose, ChangeRules.VolumeGrown, ChangeRules.VolumeMount];

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        foreach (var same in changes.EditsBy(Shown).Where(edit => edit.Record?.Configuration is not (null or ConfigurationState.None))
            .GroupBy(edit => edit.Change.Node!, StringComparer.Ordinal))
        {
            var (first, node) = (same.First(), same.First().Node!);
            var grown = same.Where(edit => edit.Is(ChangeRules.VolumeGrown)).Select(edit => edit.Change.Key).ToHashSet(StringComparer.Ordinal);
            yield return new TaskStep($"storage of {node.Label}", (_, token) => tools.RunAsync(node.Key, Script(node, first.Former, grown), token, Within))
            {
                After = [.. same.SelectMany(After), .. Turn(changes, node)],
                Subject = new StepSubject(node.Region, node.Group, node.Label),
                Doing = "mounting",
            };
        }

        foreach (var edit in changes.EditsBy(ChangeRules.VolumeRemoved).Where(edit => edit.Node is not null && edit.Record?.Configuration is not (null or ConfigurationState.None)))
        {
            yield return new TaskStep($"leave {edit.Change.Key}", (_, token) => LeaveAsync(edit, token))
            {
                After = [.. Turn(changes, edit.Node!)],
                Before = [Milestone.Left(edit.Change.Key)],
                Subject = new StepSubject(edit.Change.Region, edit.Change.Group, edit.Node!.Label),
                Doing = $"unmounting volume {edit.Change.Label}",
            };
        }
    }

    private static IEnumerable<string> Turn(ChangeSet changes, ResolvedNode node) =>
        changes.Turns.Where(turn => turn.Node.Key == node.Key).Select(turn => Milestone.TurnEnded(turn.Node.Label));

    private static IEnumerable<string> After(Edit edit) => edit.Change.Rule switch
    {
        _ when edit.Is(ChangeRules.VolumeGrown) => [Milestone.Grown(edit.Change.Key)],
        _ when edit.Is(ChangeRules.VolumeLoose) => [Milestone.Hung(edit.Change.Key)],
        _ when edit.Is(ChangeRules.VolumeMount) => [],
        _ => [Milestone.Enlarged(edit.Record!.Label)],
    };

    // Mounts that are no more are left first: what comes may be mounted there.
    private ShellScript Script(ResolvedNode node, IReadOnlyList<string> former, HashSet<string> grown)
    {
        var script = Begin();
        foreach (var mount in former)
        {
            script.Call("leave", mount);
        }

        ProvisionStorage.Fill(script, node, tools.Book);
        foreach (var volume in node.Volumes.Where(volume => grown.Contains($"{node.Key}/{volume.Name}")))
        {
            script.Call("grow", ProvisionStorage.DeviceOf(node, volume, tools.Book), volume.SizeGb.ToString(CultureInfo.InvariantCulture));
        }

        return script;
    }

    /// <summary>What changes filesystems in use; calls are to be added.</summary>
    internal static ShellScript Begin() => ShellScript.Of("Configuration", "storage").And("Configuration", "volumes").And("Configuration", "packages");

    private Task LeaveAsync(Edit edit, CancellationToken cancellation)
    {
        var made = tools.Book.FindResource(ResourceKind.Volume, edit.Change.Key)!;
        var script = Begin().Call("let_go", made.Address ?? $"/dev/disk/by-id/scsi-0Linode_Volume_{made.Label}");
        return tools.RunAsync(edit.Record!.Key, script, cancellation, Within);
    }
}
