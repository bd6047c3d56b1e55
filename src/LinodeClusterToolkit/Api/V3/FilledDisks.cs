using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Creates a disk with a distribution on it; size in MB, several keys as lines of one text.</summary>
public sealed record CreateDiskFromDistribution(
    long LinodeId, long DistributionId, string Label, int Size, Sensitive RootPass, Sensitive? RootSshKey = null) : V3Operation<DiskJobReply>(
    "linode.disk.createfromdistribution", V3Effect.Makes, V3Json.Default.DiskJobReply, new()
    {
        { "LinodeID", LinodeId }, { "DistributionID", DistributionId }, { "Label", Label }, { "Size", Size },
        { "rootPass", RootPass }, { "rootSSHKey", RootSshKey },
    });

/// <summary>Creates a disk with a distribution on it, and a script that runs at the first boot with the answers it asks for.</summary>
public sealed record CreateDiskFromStackScript(
    long LinodeId, long StackScriptId, IReadOnlyDictionary<string, Sensitive> Responses, long DistributionId, string Label, int Size,
    Sensitive RootPass, Sensitive? RootSshKey = null) : V3Operation<DiskJobReply>(
    "linode.disk.createfromstackscript", V3Effect.Makes, V3Json.Default.DiskJobReply, new()
    {
        { "LinodeID", LinodeId }, { "StackScriptID", StackScriptId }, { "StackScriptUDFResponses", Responses },
        { "DistributionID", DistributionId }, { "Label", Label }, { "Size", Size }, { "rootPass", RootPass }, { "rootSSHKey", RootSshKey },
    });

/// <summary>Creates a disk from an image; without a size as large as the image, without a password with the image's own.</summary>
public sealed record CreateDiskFromImage(
    long LinodeId, long ImageId, string? Label = null, int? Size = null, Sensitive? RootPass = null, Sensitive? RootSshKey = null)
    : V3Operation<DiskJobReply>("linode.disk.createfromimage", V3Effect.Makes, V3Json.Default.DiskJobReply, new()
    {
        { "LinodeID", LinodeId }, { "ImageID", ImageId }, { "Label", Label }, { "size", Size },
        { "rootPass", RootPass }, { "rootSSHKey", RootSshKey },
    });
