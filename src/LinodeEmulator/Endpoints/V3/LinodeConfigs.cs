using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Configuration profiles: the only rows whose names are mixed case.</summary>
internal static class LinodeConfigs
{
    private static readonly string[] Helpers =
        ["helper_disableUpdateDB", "helper_distro", "helper_depmod", "helper_network", "helper_xen", "devtmpfs_automount"];

    public static void Map(ActionTable actions)
    {
        actions.Write(
            "linode.config.create",
            "Makes a configuration profile",
            "NOTFOUND,VALIDATION",
            Create,
            [
                Num("LinodeID").Required, Num("KernelID").Required, Str("Label").Required, Str("DiskList").Required, Str("Comments", ""),
                Num("RAMLimit", 0), Str("RunLevel", "default"), Num("RootDeviceNum", 1), Str("RootDeviceCustom", ""), Bool("RootDeviceRO", true),
                Str("virt_mode", "paravirt"), .. Helpers.Select(helper => Bool(helper, true)),
            ]);
        actions.Write(
            "linode.config.update",
            "Changes a configuration profile",
            "NOTFOUND,VALIDATION",
            Update,
            [
                Num("ConfigID").Required, Num("LinodeID"), Num("KernelID"), Str("Label"), Str("DiskList"), Str("Comments"), Num("RAMLimit"),
                Str("RunLevel"), Num("RootDeviceNum"), Str("RootDeviceCustom"), Bool("RootDeviceRO"), Str("virt_mode"),
                .. Helpers.Select(helper => Bool(helper)),
            ]);
        actions.Write(
            "linode.config.delete", "Deletes a configuration profile", "NOTFOUND", Delete, Num("LinodeID").Required, Num("ConfigID").Required);
        actions.Read("linode.config.list", "Lists the configuration profiles of a Linode", List, Num("LinodeID").Required, Num("ConfigID"));
    }

    private static JsonObject Answer(Config row) => new() { ["ConfigID"] = row.Id };

    private static JsonObject Create(V3Call call)
    {
        var row = call.Linode();
        var config = Read(call, row, new Config(0, row.Id, ""));
        return Keep(call, row, config with { Id = call.Cloud.Counters.Next("config") }, "linode_config_create");
    }

    private static JsonObject Update(V3Call call)
    {
        var config = call.Row(call.Cloud.Configs, "ConfigID");
        return call.FindLinode(config.LinodeId) is { } row && (call.Number("LinodeID") is not { } named || named == row.Id)
            ? Keep(call, row, Read(call, row, config), "linode_config_update")
            : throw ApiV3Problem.NotFound;
    }

    private static JsonObject Delete(V3Call call)
    {
        var (row, config) = (call.Linode(), call.Row(call.Cloud.Configs, "ConfigID"));
        call.Newer("DELETE", $"linode/instances/{row.Id}/configs/{config.Id}");
        return Answer(config);
    }

    private static JsonObject Keep(V3Call call, Instance row, Config config, string told)
    {
        call.Cloud.Configs.Put(config);
        call.Cloud.Events.Notify(told, Entities.Of(row), call.Now, call.User, Entities.Of(config));
        return Answer(config);
    }

    private static Config Read(V3Call call, Instance row, Config old)
    {
        var label = call.Sent("Label") ?? old.Label;
        if (label.Length is 0 or > UnknownsV3.LongestConfigLabel)
        {
            throw ApiV3Problem.Rule($"Label must be 1 to {UnknownsV3.LongestConfigLabel} characters long");
        }

        var changed = old with
        {
            Label = label,
            Kernel = Kernel(call) ?? old.Kernel,
            Comments = call.Sent("Comments") ?? old.Comments,
            MemoryLimit = call.Within("RAMLimit", 0, row.Specs.Memory) ?? old.MemoryLimit,
            RunLevel = call.Word("RunLevel", "default", "single", "binbash") ?? old.RunLevel,
            VirtMode = call.Word("virt_mode", "paravirt", "fullvirt") ?? old.VirtMode,
            RootDevice = RootDevice(call) ?? old.RootDevice,
            RootWritable = !(call.Flag("RootDeviceRO") ?? !old.RootWritable),
            Helpers = new Helpers(
                call.Flag("helper_disableUpdateDB") ?? old.Helpers.UpdatedbDisabled,
                Distro(call) ?? old.Helpers.Distro,
                call.Flag("helper_depmod") ?? old.Helpers.ModulesDep,
                call.Flag("helper_network") ?? old.Helpers.Network,
                call.Flag("devtmpfs_automount") ?? old.Helpers.DevtmpfsAutomount),
        };
        return call.Sent("DiskList") is { } list ? DiskList.Put(list, changed, call.Cloud) : changed;
    }

    /// <summary>The helper has an old name too.</summary>
    private static bool? Distro(V3Call call) => call.Sent("helper_distro") is null && call.Sent("helper_xen") is not null
        ? call.Flag("helper_xen")
        : call.Flag("helper_distro");

    private static string? Kernel(V3Call call) => call.Number("KernelID") switch
    {
        null => null,
        { } number => call.Cloud.Catalogue.NumberedKernels.Find(number)?.Row.Id ?? throw ApiV3Problem.Rule("KernelID is not a kernel"),
    };

    private static string? RootDevice(V3Call call) => call.Within("RootDeviceNum", 0, DiskList.Devices) switch
    {
        null => null,
        0 => call.Text("RootDeviceCustom") is { Length: > 0 } custom
            ? custom
            : throw ApiV3Problem.Rule("RootDeviceCustom is needed with RootDeviceNum 0"),
        { } number => "/dev/" + DiskList.Name(number - 1),
    };

    private static JsonArray List(V3Call call)
    {
        var wanted = call.Number("ConfigID");
        return Loose.Rows(call.Cloud.Configs.OwnedBy(call.Linode().Id)
            .Where(config => wanted is null || config.Id == wanted)
            .Select(config => Row(config, call.Cloud)));
    }

    private static JsonObject Row(Config config, Cloud cloud)
    {
        var root = Enumerable.Range(1, DiskList.Devices).FirstOrDefault(number => "/dev/" + DiskList.Name(number - 1) == config.RootDevice);
        return new JsonObject
        {
            ["ConfigID"] = config.Id,
            ["LinodeID"] = config.LinodeId,
            ["Label"] = Loose.Text(config.Label),
            ["Comments"] = config.Comments,
            ["KernelID"] = cloud.Catalogue.NumberedKernels.NumberOf(config.Kernel),
            ["DiskList"] = DiskList.Of(config),
            ["RootDeviceNum"] = root,
            ["RootDeviceCustom"] = root == 0 ? config.RootDevice : "",
            ["RootDeviceRO"] = !config.RootWritable,
            ["RunLevel"] = config.RunLevel,
            ["RAMLimit"] = config.MemoryLimit,
            ["virt_mode"] = config.VirtMode,
            ["helper_disableUpdateDB"] = Loose.Flag(config.Helpers.UpdatedbDisabled),
            ["helper_distro"] = Loose.Flag(config.Helpers.Distro),
            ["helper_depmod"] = Loose.Flag(config.Helpers.ModulesDep),
            ["helper_network"] = Loose.Flag(config.Helpers.Network),
            ["helper_xen"] = Loose.Flag(config.Helpers.Distro),
            ["helper_libtls"] = 0,
            ["devtmpfs_automount"] = config.Helpers.DevtmpfsAutomount,
            ["isRescue"] = false,
            ["__validationErrorArray"] = new JsonArray(),
            ["apiColumnFilterStruct"] = "",
        };
    }
}
