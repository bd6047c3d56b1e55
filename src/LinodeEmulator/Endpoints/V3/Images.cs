using System.Text.Json.Nodes;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The account's own images. Lists have names in capitals; what is changed comes back as one object with names of another kind.</summary>
internal static class Images
{
    public static void Map(ActionTable actions)
    {
        actions.Read("image.list", "Lists the account's images", List, Num("ImageID"), Num("pending"));
        actions.Write("image.update", "Changes an image", "NOTFOUND,VALIDATION", Update, Num("ImageID").Required, Str("label"), Str("description"));
        actions.Write("image.delete", "Deletes an image", "NOTFOUND", Delete, Num("ImageID").Required);
    }

    private static JsonArray List(V3Call call)
    {
        if (call.Number("ImageID") is not null)
        {
            return [Row(call.Row(call.Cloud.Images, "ImageID"))];
        }

        var isPendingOnly = call.Number("pending") == 1;
        return Loose.Rows(call.Cloud.Images.Rows.Where(image => !isPendingOnly || !IsDone(image)).Select(Row));
    }

    private static JsonObject Update(V3Call call)
    {
        var old = call.Row(call.Cloud.Images, "ImageID");
        var body = new JsonObject();
        foreach (var name in new[] { "label", "description" })
        {
            if (call.Sent(name) is { } text)
            {
                body[name] = text;
            }
        }

        call.Newer("PUT", $"images/{Uri.EscapeDataString(old.Slug)}", body);
        return Changed(call.Cloud.Images.Get(old.Id), Status(old));
    }

    private static JsonObject Delete(V3Call call)
    {
        var row = call.Row(call.Cloud.Images, "ImageID");
        call.Newer("DELETE", $"images/{Uri.EscapeDataString(row.Slug)}");
        return Changed(row, "deleted");
    }

    private static bool IsDone(PrivateImage row) => row.Status == "available";

    private static string Status(PrivateImage row) => IsDone(row) ? "available" : UnknownsV3.PendingImage;

    private static JsonObject Row(PrivateImage row) => new()
    {
        ["IMAGEID"] = row.Id,
        ["LABEL"] = Loose.Text(row.Label),
        ["DESCRIPTION"] = row.Description,
        ["TYPE"] = "manual",
        ["STATUS"] = Status(row),
        ["FS_TYPE"] = UnknownsV3.SystemFilesystem,
        ["MINSIZE"] = row.Size,
        ["ISPUBLIC"] = 0,
        ["CREATOR"] = Caller.Username,
        ["CREATE_DT"] = NewYork.Text(row.Created),
        ["LAST_USED_DT"] = "",
    };

    private static JsonObject Changed(PrivateImage row, string status) => new()
    {
        ["imageID"] = row.Id,
        ["label"] = row.Label,
        ["description"] = row.Description,
        ["status"] = status,
        ["type"] = "manual",
        ["fs_type"] = UnknownsV3.SystemFilesystem,
        ["minSize"] = row.Size,
        ["isPublic"] = 0,
        ["creator"] = Caller.Username,
        ["create_dt"] = NewYork.Text(row.Created),
        ["last_used_dt"] = "",
    };
}
