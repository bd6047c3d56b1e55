using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>An image that something is made from, public or private.</summary>
internal sealed record SourceImage(string Slug, string Label, int Size, bool CloudInit, bool IsPublic)
{
    public static SourceImage? Read(BodyReader body, Cloud cloud)
    {
        if (body.Text("image") is not { } slug)
        {
            return null;
        }

        var image = Find(slug, cloud);
        if (image is null)
        {
            body.Fail("image", Reasons.ImageNotValid);
        }

        return image;
    }

    public static SourceImage? Find(string slug, Cloud cloud)
    {
        if (cloud.Catalogue.Images.GetValueOrDefault(slug) is { } known)
        {
            return new SourceImage(slug, known.Label, known.Size, known.Capabilities.Contains("cloud-init"), IsPublic: true);
        }

        return cloud.Images.FindByKey(slug) is { Status: "available" } own
            ? new SourceImage(slug, own.Label, own.Size, own.CloudInit, IsPublic: false)
            : null;
    }
}
