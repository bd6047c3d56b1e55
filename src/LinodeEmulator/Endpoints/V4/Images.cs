using LinodeEmulator.Http;
using LinodeEmulator.Limits;
using LinodeEmulator.State;
using LinodeEmulator.State.Work;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Images
{
    private static readonly Filterable<ImageWire> Fields = new Filterable<ImageWire>()
        .Text("label", image => image.Label)
        .Text("status", image => image.Status)
        .Text("type", image => image.Type)
        .Text("vendor", image => image.Vendor)
        .Number("size", image => image.Size)
        .Flag("is_public", image => image.IsPublic)
        .Flag("deprecated", image => image.Deprecated)
        .Texts("tags", image => image.Tags);

    public static void Map(RouteTable routes)
    {
        routes.List("images", "images:read_only", List, LimitClass.ListImages, isPublic: true);
        routes.Post("images", "images:read_write", Capture);
        routes.Post("images/upload", "images:read_write", ImageUploads.Begin);
        routes.Get("images/{imageId}", "images:read_only", Get, isPublic: true);
        routes.Put("images/{imageId}", "images:read_write", Update);
        routes.Delete("images/{imageId}", "images:read_write", Delete);
        routes.Post("images/{imageId}/regions", "images:read_write", Replicate);
    }

    private static EmulatorResponse List(ApiCall call)
    {
        ImageUploads.DropLapsed(call.Cloud, call.Now);
        var own = call.Caller == Caller.Anonymous ? [] : call.Cloud.Images.Rows.Select(Wire);
        return call.Page(call.Cloud.Catalogue.ImageList.Concat(own), Fields, image => image, V4Json.Default.PageImageWire);
    }

    private static EmulatorResponse Get(ApiCall call)
    {
        var slug = call.Slug("imageId");
        ImageUploads.DropLapsed(call.Cloud, call.Now);
        var image = call.Cloud.Catalogue.Images.GetValueOrDefault(slug)
            ?? (call.Caller != Caller.Anonymous && call.Cloud.Images.FindByKey(slug) is { } own ? Wire(own) : throw ApiProblem.NotFound);
        return Reply.Json(image, V4Json.Default.ImageWire);
    }

    /// <summary>Taken whatever the node is doing, even while the disk is not ready; the work waits in the node's queue.</summary>
    private static EmulatorResponse Capture(ApiCall call)
    {
        var (body, cloud) = (call.Body, call.Cloud);
        var disk = cloud.Disks.Find(body.RequiredWhole("disk_id"));
        if (disk is null)
        {
            body.Fail("disk_id", "disk_id is not valid");
        }

        var label = body.Text("label", 1, 50);
        var description = body.Text("description");
        var cloudInit = body.Flag("cloud_init");
        var tags = TagRule.Read(body, longest: 100) ?? [];
        body.Done();

        var linode = cloud.Instances.Get(disk!.LinodeId);
        var source = disk.Image is { } slug ? cloud.Catalogue.Images.GetValueOrDefault(slug) : null;
        var image = cloud.Images.Put(new PrivateImage(cloud.Counters.Next("image"), label ?? disk.Label, call.Now)
        {
            Description = description ?? "",
            Size = disk.Size,
            CloudInit = cloudInit ?? false,
            Vendor = source?.Vendor,
            Region = linode.Region,
            DiskId = disk.Id,
            Tags = cloud.Tagged(tags),
        });
        var told = cloud.Events.Schedule(JobKinds.Imagize.Name, Entities.Of(linode), call.Now, call.User, Entities.Of(image));
        call.Enqueue(
            JobKinds.Imagize, Job.LinodeLane(linode.Id), linode.Id, $"{linode.Label}/{image.Label}", told, job => job with { Related = image.Id });
        return Reply.Json(Wire(image), V4Json.Default.ImageWire);
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var (image, body) = (Own(call), call.Body);
        var label = body.Text("label", 1, 50);
        var description = body.Text("description");
        var tags = TagRule.Read(body, longest: 100);
        body.Done();
        var changed = call.Cloud.Images.Put(image with
        {
            Label = label ?? image.Label,
            Description = description ?? image.Description,
            Tags = tags is null ? image.Tags : call.Cloud.Tagged(tags),
            Updated = call.Now,
        });
        return Reply.Json(Wire(changed), V4Json.Default.ImageWire);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var image = Own(call);
        call.Cloud.Images.Remove(image.Id);
        call.Cloud.Events.Done("image_delete", Entities.Of(image), call.Now, call.User);
        return Reply.Empty;
    }

    /// <summary>What is named is where the image is to be from now on: it leaves the regions that are not, and has to stay in one where it is.</summary>
    private static EmulatorResponse Replicate(ApiCall call)
    {
        var (image, body) = (Own(call), call.Body);
        var wanted = (body.Texts("regions") ?? []).Distinct(StringComparer.Ordinal).ToList();
        foreach (var region in wanted.Where(region => call.Cloud.Catalogue.Regions.GetValueOrDefault(region)?.Offers("Object Storage") != true))
        {
            body.Fail("regions", $"{region} does not store images");
        }

        if (image.Status != "available")
        {
            body.FailWhole("The image is not available");
        }
        else if (!image.Stored.Any(copy => copy.Status == "available" && wanted.Contains(copy.Region)))
        {
            body.Fail("regions", "At least one region where the image is available must be given");
        }

        body.Done();
        var stays = image.Stored.Select(copy => wanted.Contains(copy.Region) ? copy : copy with { Status = ImageJobs.Leaving });
        var comes = wanted.Except(image.Stored.Select(copy => copy.Region)).Select(region => new ImageCopy(region, ImageJobs.Awaited));
        var changed = call.Cloud.Images.Put(image with { Copies = [.. stays, .. comes], Updated = call.Now });
        call.Enqueue(JobKinds.ImageReplicate, Job.ImageLane(image.Id), image.Id, $"{image.Label} to {string.Join(' ', wanted)}", eventId: null);
        return Reply.Json(Wire(changed), V4Json.Default.ImageWire);
    }

    private static PrivateImage Own(ApiCall call) =>
        call.Cloud.Images.FindByKey(call.Slug("imageId"))
        ?? throw (call.Cloud.Catalogue.Images.ContainsKey(call.Slug("imageId")) ? ApiProblem.Unauthorized : ApiProblem.NotFound);

    public static ImageWire Wire(PrivateImage row) => new(
        row.Slug, row.Label, row.Description, row.Size, row.Size * row.Stored.Count(copy => copy.Status == "available"), row.Status, "manual", false, false, row.Vendor, null, null, Caller.Username,
        ApiTime.Text(row.Created),
        ApiTime.Text(row.Updated), row.CloudInit ? ["cloud-init"] : [], [.. row.Stored.Select(copy => new ImageRegion(copy.Region, copy.Status))], row.Tags);
}
