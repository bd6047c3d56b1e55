namespace LinodeEmulator.State.Work;

/// <summary>A disk becomes an image. What it holds when the work begins is what counts.</summary>
internal sealed class ImagizeJob() : JobKind("disk_imagize", new Range(64, 83, 207))
{
    public override void Begin(Cloud cloud, Job job, DateTime at) => ImageJobs.Change(cloud, job.Related!.Value, at, image => image with { IsTaken = true });

    public override void Finish(Cloud cloud, Job job, DateTime at) => ImageJobs.Available(cloud, job.Related!.Value, at);

    /// <summary>No image comes of it. What the platform does with its record is told nowhere.</summary>
    public override void Fail(Cloud cloud, Job job, DateTime at) => cloud.Images.Remove(job.Related!.Value);
}

/// <summary>A file that was sent becomes an image.</summary>
internal sealed class ImageUploadJob() : JobKind("image_upload", new Range(31, 38, 46))
{
    public override void Finish(Cloud cloud, Job job, DateTime at) => ImageJobs.Available(cloud, job.Subject, at);
}

/// <summary>An image comes to the regions it was asked for in, and leaves the others. No event tells of it.</summary>
internal sealed class ImageReplicateJob() : JobKind("image_replicate", Unknowns.Replication)
{
    public override void Begin(Cloud cloud, Job job, DateTime at) => ImageJobs.Change(cloud, job.Subject, at, image => image with
    {
        Copies = [.. image.Copies.Select(copy => copy.Status == ImageJobs.Awaited ? copy with { Status = "replicating" } : copy)],
    });

    public override void Finish(Cloud cloud, Job job, DateTime at) => ImageJobs.Change(cloud, job.Subject, at, image => image with
    {
        Copies = [.. image.Copies.Where(copy => copy.Status != ImageJobs.Leaving).Select(copy => copy.Status == "replicating" ? copy with { Status = "available" } : copy)],
    });
}

internal static class ImageJobs
{
    public const string Awaited = "pending replication";
    public const string Leaving = "pending deletion";

    public static void Available(Cloud cloud, long id, DateTime at) => Change(cloud, id, at, image => image with { Status = "available" });

    public static void Change(Cloud cloud, long id, DateTime at, Func<PrivateImage, PrivateImage> change)
    {
        if (cloud.Images.Find(id) is { } image)
        {
            cloud.Images.Put(change(image) with { Updated = at });
        }
    }
}
