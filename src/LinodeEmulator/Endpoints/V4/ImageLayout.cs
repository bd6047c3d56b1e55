using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>What a node made from an image is given: a disk with the image, swap, and a profile that boots it.</summary>
internal static class ImageLayout
{
    public static Config Put(ApiCall call, Instance row, SourceImage image, int swap, IReadOnlyList<ConfigInterface> interfaces, Setup setup)
    {
        var cloud = call.Cloud;
        var devices = ConfigDevices.None();
        var root = cloud.Disks.Put(new Disk(cloud.Counters.Next("disk"), row.Id, $"{image.Label} Disk", "ext4", row.Specs.Disk - swap, call.Now)
        {
            Encrypted = row.Encrypted,
            Image = image.Slug,
        });
        setup.Keep(cloud, root);
        devices["sda"] = new Slot(root.Id, null);
        if (swap > 0)
        {
            var second = cloud.Disks.Put(
                new Disk(cloud.Counters.Next("disk"), row.Id, $"{swap} MB Swap Image", "swap", swap, call.Now) { Encrypted = row.Encrypted });
            devices["sdb"] = new Slot(second.Id, null);
        }

        var config = cloud.Configs.Put(new Config(cloud.Counters.Next("config"), row.Id, $"My {image.Label} Disk Profile")
        {
            Kernel = "linode/grub2",
            Devices = devices,
            Interfaces = InterfaceReader.Numbered(interfaces, cloud),
            Helpers = new Helpers(true, true, true, cloud.Account.NetworkHelper, true),
        });
        cloud.Events.Notify("linode_config_create", Entities.Of(row), call.Now, call.User, Entities.Of(config));
        return config;
    }
}
