using System.Text.Json.Nodes;
using LinodeEmulator.Faults;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Block storage, which came late: a Linode that is named is attached to, and 0 for one lets go.</summary>
internal static class Volumes
{
    public static void Map(ActionTable actions)
    {
        actions.Write(
            "volume.create",
            "Makes a volume",
            "VALIDATION",
            Create,
            Str("Label").Required,
            Num("Size").Required,
            Num("DatacenterID"),
            Num("LinodeID"));
        actions.Write(
            "volume.clone", "Makes a volume like another", "NOTFOUND,VALIDATION", Clone, Num("CloneFromID").Required, Str("Label").Required);
        actions.Write(
            "volume.update",
            "Changes a volume, attaches or detaches it",
            "NOTFOUND,VALIDATION",
            Update,
            Num("VolumeID").Required,
            Str("Label"),
            Num("LinodeID"),
            Num("Size"));
        actions.Read("volume.list", "Lists volumes", List, Num("VolumeID"));
        actions.Write("volume.delete", "Deletes a volume", "NOTFOUND,VALIDATION", Delete, Num("VolumeID").Required);
    }

    private static JsonObject Answer(long id) => new() { ["VolumeID"] = id };

    private static JsonObject Create(V3Call call)
    {
        var body = new JsonObject { ["label"] = call.Text("Label"), ["size"] = call.Number("Size") };
        if (call.Number("DatacenterID") is not (null or 0))
        {
            body["region"] = call.Datacenter().Id;
        }

        if (call.Number("LinodeID") is { } linode and not 0)
        {
            Check(call);
            body["linode_id"] = linode;
        }

        return Make(call, body);
    }

    private static JsonObject Clone(V3Call call)
    {
        var source = call.Row(call.Cloud.Volumes, "CloneFromID");
        return call.IsFull(FaultEffect.VolumeQuota, call.Cloud.Volumes.Rows.Count)
            ? throw new ApiV3Problem(ErrorCode.AccountLimit)
            : Answer((long)call.Newer("POST", $"volumes/{source.Id}/clone", new JsonObject { ["label"] = call.Text("Label") })["id"]!);
    }

    private static JsonObject Make(V3Call call, JsonObject body) => call.IsFull(FaultEffect.VolumeQuota, call.Cloud.Volumes.Rows.Count)
        ? throw new ApiV3Problem(ErrorCode.AccountLimit)
        : Answer((long)call.Newer("POST", "volumes", body)["id"]!);

    /// <summary>One thing after another, as each is work of its own: what is refused leaves done what came before it.</summary>
    private static JsonObject Update(V3Call call)
    {
        var row = call.Row(call.Cloud.Volumes, "VolumeID");
        if (call.Sent("Label") is { Length: > 0 } label)
        {
            call.Newer("PUT", $"volumes/{row.Id}", new JsonObject { ["label"] = label });
        }

        if (call.Number("Size") is { } size && size != row.Size)
        {
            call.Newer("POST", $"volumes/{row.Id}/resize", new JsonObject { ["size"] = size });
        }

        if (call.Number("LinodeID") is { } linode && linode != (row.LinodeId ?? 0))
        {
            Check(call);
            call.Newer(
                "POST", $"volumes/{row.Id}/{(linode == 0 ? "detach" : "attach")}", linode == 0 ? null : new JsonObject { ["linode_id"] = linode });
        }

        return Answer(row.Id);
    }

    private static JsonObject Delete(V3Call call)
    {
        var row = call.Row(call.Cloud.Volumes, "VolumeID");
        call.Newer("DELETE", $"volumes/{row.Id}");
        return Answer(row.Id);
    }

    private static void Check(V3Call call)
    {
        if (call.Struck(FaultEffect.AttachRefused))
        {
            throw ApiV3Problem.Rule(Unknowns.AttachRefused);
        }
    }

    private static JsonArray List(V3Call call)
    {
        var wanted = call.Number("VolumeID");
        return Loose.Rows(call.Cloud.Volumes.Rows.Where(row => wanted is null || row.Id == wanted).Select(row => new JsonObject
        {
            ["VOLUMEID"] = row.Id,
            ["LABEL"] = Loose.Text(row.Label),
            ["SIZE"] = row.Size,
            ["LINODEID"] = row.LinodeId ?? 0,
            ["DATACENTERID"] = call.Cloud.Catalogue.Datacenters.NumberOf(row.Region),
            ["STATUS"] = row.Status,
            ["CREATE_DT"] = NewYork.Text(row.Created),
        }));
    }
}
