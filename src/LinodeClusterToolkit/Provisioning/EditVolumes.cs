using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Brings size, tags and place of volumes of nodes that stay to what their plan says, and takes off those that go.</summary>
internal sealed class EditVolumes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        foreach (var edit in changes.EditsBy(ChangeRules.VolumeGrown))
        {
            var size = edit.Node!.Volumes.First(volume => volume.Label == edit.Change.Label).SizeGb;
            yield return StepFor("resize volume", edit, "resizing", token => ResizeAsync(edit.Change.Key, size, token)) with
            {
                Before = [Milestone.Grown(edit.Change.Key)], Cost = new([nameof(LimitClass.Other)], CloudTimes.Volume),
            };
        }

        foreach (var edit in changes.EditsBy(ChangeRules.VolumeLoose))
        {
            yield return StepFor("attach again", edit, "attaching", token => AttachAsync(edit.Change.Key, edit.Change.Node!, token)) with
            {
                Before = [Milestone.Hung(edit.Change.Key)], Cost = new([nameof(LimitClass.Other)], CloudTimes.Volume),
            };
        }

        foreach (var edit in changes.EditsBy(ChangeRules.VolumeTags))
        {
            yield return StepFor("tags of volume", edit, "setting tags", token => TagAsync(edit.Change.Key, edit.Node!.Tags, token));
        }

        foreach (var edit in changes.EditsBy(ChangeRules.VolumeRemoved).Where(edit => edit.Node is not null))
        {
            yield return StepFor("detach", edit, "detaching", token => DetachAsync(edit.Change.Key, token)) with
            {
                After = [Milestone.Left(edit.Change.Key)], Before = [Milestone.Taken(edit.Change.Key)],
            };
        }
    }

    private static TaskStep StepFor(string verb, Edit edit, string doing, Func<CancellationToken, Task> work) =>
        new($"{verb} {edit.Change.Key}", (_, token) => work(token))
        {
            Subject = new StepSubject(edit.Change.Region, edit.Change.Group, edit.Record?.Label), Cost = new([nameof(LimitClass.Other)], 0),
            Doing = $"{doing} volume {edit.Change.Label}",
        };

    private async Task ResizeAsync(string key, int size, CancellationToken cancellation)
    {
        var made = Made(key);
        if (await SettledAsync(made, cancellation).ConfigureAwait(false) is { } found && found.SizeGb < size)
        {
            await tools.Cloud.ResizeVolumeAsync(found.Id, size, cancellation).ConfigureAwait(false);
            await SettledAsync(made, cancellation).ConfigureAwait(false);
        }

        await tools.Book.SaveResourceAsync(made with { Size = size }).ConfigureAwait(false);
    }

    private async Task AttachAsync(string key, string nodeKey, CancellationToken cancellation)
    {
        var (made, node) = (Made(key), tools.Book.Node(nodeKey).LinodeId!.Value);
        var config = tools.Book.Resources.FirstOrDefault(one => one.Kind == ResourceKind.Config && one.NodeKey == nodeKey)?.CloudId;
        if ((await SettledAsync(made, cancellation).ConfigureAwait(false))?.NodeId != node)
        {
            await tools.Cloud.AttachVolumeAsync(made.CloudId!.Value, node, config, cancellation).ConfigureAwait(false);
            await WaitAsync(made, "being attached", found => found is { Status: "active" } && found.NodeId == node, cancellation).ConfigureAwait(false);
        }
    }

    private async Task TagAsync(string key, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        _ = await tools.Cloud.SetVolumeTagsAsync(Made(key).CloudId!.Value, [.. tags, tools.Book.Cluster.OwnerTag], cancellation).ConfigureAwait(false);

    private async Task DetachAsync(string key, CancellationToken cancellation)
    {
        var made = Made(key);
        if ((await SettledAsync(made, cancellation).ConfigureAwait(false))?.NodeId is not null)
        {
            await tools.Cloud.DetachVolumeAsync(made.CloudId!.Value, cancellation).ConfigureAwait(false);
            await WaitAsync(made, "being detached", found => found?.NodeId is null, cancellation).ConfigureAwait(false);
        }
    }

    private ResourceRecord Made(string key) => tools.Book.FindResource(ResourceKind.Volume, key)!;

    private Task<CloudVolume?> SettledAsync(ResourceRecord made, CancellationToken cancellation) =>
        WaitAsync(made, "changing", found => found is null or { Status: "active" }, cancellation);

    private Task<CloudVolume?> WaitAsync(ResourceRecord made, string stage, Func<CloudVolume?, bool> until, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(
            tools.Patience, $"volume {made.Label}", stage, cancellation, token => tools.Volumes.WaitAsync(made.CloudId!.Value, until, token));
}
