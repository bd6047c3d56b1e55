using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Configs
{
    public static void Map(RouteTable routes)
    {
        routes.List(
            "linode/instances/{linodeId}/configs",
            "linodes:read_only",
            call => call.Page(call.Cloud.Configs.OwnedBy(call.Linode().Id), Fields(), ConfigWire.Of, V4Json.Default.PageConfigWire));
        routes.Post("linode/instances/{linodeId}/configs", "linodes:read_write", Create);
        routes.Get("linode/instances/{linodeId}/configs/{configId}", "linodes:read_only", call => Show(Config(call)));
        routes.Put("linode/instances/{linodeId}/configs/{configId}", "linodes:read_write", Update);
        routes.Delete("linode/instances/{linodeId}/configs/{configId}", "linodes:read_write", Delete);
        const string interfaces = "linode/instances/{linodeId}/configs/{configId}/interfaces";
        routes.NotEmulated("linodes:read_write", interfaces, "GET", "POST");
        routes.NotEmulated("linodes:read_write", interfaces + "/order", "POST");
        routes.NotEmulated("linodes:read_write", interfaces + "/{interfaceId}", "GET", "PUT", "DELETE");
    }

    private static Filterable<Config> Fields() => new Filterable<Config>()
        .Text("label", config => config.Label)
        .Texts("interfaces", config => [.. config.Interfaces.Select(one => one.Label)]);

    private static EmulatorResponse Show(Config config) => Reply.Json(ConfigWire.Of(config), V4Json.Default.ConfigWire);

    private static Config Config(ApiCall call) =>
        call.Linode() is var linode && call.Row(call.Cloud.Configs, "configId") is var config && config.LinodeId == linode.Id
        ? config
        : throw ApiProblem.NotFound;

    private static EmulatorResponse Create(ApiCall call)
    {
        var (row, body) = (call.Linode(), call.Body);
        var label = body.RequiredText("label", 1, 48);
        if (!body.Holds("devices"))
        {
            body.Fail("devices", "devices is required");
        }

        var helpers = new Helpers(true, true, true, call.Cloud.Account.NetworkHelper, true);
        var config = Read(call, row, new Config(0, row.Id, label) { Devices = ConfigDevices.None(), Helpers = helpers });
        body.Done();
        config = Keep(
            call, row, config with { Id = call.Cloud.Counters.Next("config"), Interfaces = InterfaceReader.Numbered(config.Interfaces, call.Cloud) });
        call.Cloud.Events.Notify("linode_config_create", Entities.Of(row), call.Now, call.User, Entities.Of(config));
        return Show(config);
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var (config, row) = (Config(call), call.Linode());
        var label = call.Body.Text("label", 1, 48);
        var changed = Read(call, row, config);
        call.Body.Ignore("id");
        call.Body.Done();
        var interfaces = call.Body.Has("interfaces") ? InterfaceReader.Numbered(changed.Interfaces, call.Cloud) : changed.Interfaces;
        changed = Keep(call, row, changed with { Label = label ?? config.Label, Interfaces = interfaces });
        call.Cloud.Events.Notify("linode_config_update", Entities.Of(row), call.Now, call.User, Entities.Of(changed));
        return Show(changed);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var (config, row) = (Config(call), call.Linode());
        call.Cloud.Configs.Remove(config.Id);
        call.Cloud.Events.Notify("linode_config_delete", Entities.Of(row), call.Now, call.User, Entities.Of(config));
        return Reply.Empty;
    }

    private static Config Read(ApiCall call, Instance row, Config old)
    {
        var (body, cloud) = (call.Body, call.Cloud);
        var kernel = body.Text("kernel");
        if (kernel is not null && !cloud.Catalogue.Kernels.ContainsKey(kernel))
        {
            body.Fail("kernel", "kernel is not valid");
        }

        // The field is called initrd; one client sends this misspelt one, and it has no effect.
        body.Ignore("init_rd");
        return old with
        {
            Kernel = kernel ?? old.Kernel,
            Comments = body.Text("comments", 0, 65535) ?? old.Comments,
            MemoryLimit = body.Int("memory_limit", 0, row.Specs.Memory) ?? old.MemoryLimit,
            RootDevice = body.Text("root_device", 1) ?? old.RootDevice,
            RunLevel = body.OneOf("run_level", "default", "single", "binbash") ?? old.RunLevel,
            VirtMode = body.OneOf("virt_mode", "paravirt", "fullvirt") ?? old.VirtMode,
            Initrd = body.Has("initrd") ? body.Whole("initrd") : old.Initrd,
            Helpers = ReadHelpers(body.Object("helpers"), old.Helpers),
            Devices = ConfigDevices.Read(body, row, cloud) ?? old.Devices,
            Interfaces = body.Has("interfaces") ? InterfaceReader.Read(body) : old.Interfaces,
        };
    }

    private static Helpers ReadHelpers(BodyReader? body, Helpers old)
    {
        if (body is null)
        {
            return old;
        }

        var read = new Helpers(
            body.Flag("updatedb_disabled") ?? old.UpdatedbDisabled,
            body.Flag("distro") ?? old.Distro,
            body.Flag("modules_dep") ?? old.ModulesDep,
            body.Flag("network") ?? old.Network,
            body.Flag("devtmpfs_automount") ?? old.DevtmpfsAutomount);
        body.Complete();
        return read;
    }

    /// <summary>A volume that stands in a slot is attached by that.</summary>
    private static Config Keep(ApiCall call, Instance row, Config config)
    {
        foreach (var id in config.Devices.Values.Select(slot => slot?.VolumeId).OfType<long>())
        {
            var volume = call.Cloud.Volumes.Get(id);
            if (volume.LinodeId is null)
            {
                Volumes.Attach(call, volume, row);
            }
        }

        return call.Cloud.Configs.Put(config);
    }
}
