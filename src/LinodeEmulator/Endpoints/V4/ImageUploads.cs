using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Images that are made from a file: the API gives an address, and the file is sent there.</summary>
internal static class ImageUploads
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static EmulatorResponse Begin(ApiCall call)
    {
        var (body, cloud) = (call.Body, call.Cloud);
        var label = body.RequiredText("label", 1, 50);
        var region = body.RequiredText("region");
        var known = cloud.Catalogue.Regions.GetValueOrDefault(region);
        if (known is null && region.Length > 0)
        {
            body.Fail("region", Reasons.RegionNotValid);
        }
        else if (known?.Offers("Object Storage") == false)
        {
            body.Fail("region", $"{region} does not store images");
        }

        var description = body.Text("description");
        var cloudInit = body.Flag("cloud_init");
        var tags = TagRule.Read(body, longest: 100) ?? [];
        body.Done();

        var id = cloud.Counters.Next("image");
        var image = cloud.Images.Put(new PrivateImage(id, label, call.Now)
        {
            Description = description ?? "",
            Status = "pending_upload",
            CloudInit = cloudInit ?? false,
            Region = region,
            Tags = cloud.Tagged(tags),
            UploadKey = KeyOf(id),
        });
        return Reply.Json(
            new ImageUploadWire(Images.Wire(image), $"{call.SentTo}{UploadDoor.Prefix}{id}?key={image.UploadKey}"), V4Json.Default.ImageUploadWire);
    }

    /// <summary>Whose file has not come in time is there no more.</summary>
    public static void DropLapsed(Cloud cloud, DateTime now)
    {
        foreach (var image in cloud.Images.Rows.Where(image => image.UploadKey is not null && now - image.Created >= Longest).ToList())
        {
            cloud.Images.Remove(image.Id);
        }
    }

    private static string KeyOf(long id) => $"{(ulong)(Chance.Draw(id, "upload", "key") * long.MaxValue):x16}";
}
