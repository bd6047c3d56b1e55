using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Work on a whole Linode. It is never too busy: jobs wait for one another.</summary>
internal static class LinodePower
{
    public static void Map(ActionTable actions)
    {
        actions.Write("linode.boot", "Boots a Linode", "NOTFOUND", Boot, Num("LinodeID").Required, Num("ConfigID"));
        actions.Write("linode.reboot", "Shuts a Linode down and boots it", "NOTFOUND", Reboot, Num("LinodeID").Required, Num("ConfigID"));
        actions.Write("linode.shutdown", "Shuts a Linode down", "NOTFOUND", Shutdown, Num("LinodeID").Required);
        actions.Add(new V3Action(
            "linode.resize", "Moves a Linode to another plan", Resize, [Num("LinodeID").Required, Num("PlanID").Required])
        {
            Throws = "NOTFOUND,CCFAILED,VALIDATION",
            SaysOk = true,
        });
    }

    private static JsonObject Boot(V3Call call)
    {
        var row = call.Linode();
        return Answer(LinodeWork.Boot(call, row, JobKinds.Boot, Config(call, row)));
    }

    private static JsonObject Reboot(V3Call call)
    {
        var row = call.Linode();
        var config = Config(call, row);
        LinodeWork.Shutdown(call, row);
        return Answer(LinodeWork.Boot(call, row, JobKinds.Boot, config));
    }

    private static JsonObject Shutdown(V3Call call) => Answer(LinodeWork.Shutdown(call, call.Linode()));

    /// <summary>Tells no job, and leaves the Linode off.</summary>
    private static JsonNode? Resize(V3Call call)
    {
        var row = call.Linode();
        var type = call.Plan();
        if (type.Id == row.Type)
        {
            throw ApiV3Problem.Rule("The Linode already has this plan");
        }

        if (row.Specs.Disk - DiskWork.RoomOn(call.Cloud, row) > type.Disk)
        {
            throw ApiV3Problem.Rule($"The disks of the Linode take more than the {type.Disk} MB of this plan");
        }

        LinodeWork.Resize(call, row, type, growing: null, comesBack: false);
        return null;
    }

    private static JsonObject Answer(Job job) => new() { ["JobID"] = job.Id };

    /// <summary>The profile that is asked for, or the one booted last, or the first there is.</summary>
    private static Config Config(V3Call call, Instance row)
    {
        var configs = call.Cloud.Configs.OwnedBy(row.Id);
        return call.Number("ConfigID") is { } wanted and not 0
            ? configs.FirstOrDefault(config => config.Id == wanted) ?? throw ApiV3Problem.NotFound
            : configs.FirstOrDefault(config => config.Id == row.BootedConfig)
                ?? configs.FirstOrDefault()
                ?? throw ApiV3Problem.Rule("The Linode has no configuration profile to boot");
    }
}
