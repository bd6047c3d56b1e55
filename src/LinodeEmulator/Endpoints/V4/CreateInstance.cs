using System.Buffers.Text;
using System.Text;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>POST /linode/instances: checks everything, then makes the node with its addresses, disks, profile, device and jobs in one go.</summary>
internal static class CreateInstance
{
    private const int LongestUserData = 65535;

    /// <summary>What was asked for, checked.</summary>
    private sealed record Order(RegionWire Region, TypeWire Type, SourceImage? Image, int Swap, bool Boots, Setup Setup);

    public static EmulatorResponse Handle(ApiCall call)
    {
        var (cloud, body) = (call.Cloud, call.Body);
        var region = Region(call);
        var type = Type(body, cloud);
        var label = LabelRule.Linode.Read(body);
        if (label is not null && cloud.Instances.FindByKey(label) is not null)
        {
            body.Fail("label", Reasons.LinodeLabelTaken);
        }

        body.NotEmulated("backup_id", "placement_group", "ipv4", "interface_generation", "network_helper", "kernel", "boot_size", "lke_cluster_id");
        var image = SourceImage.Read(body, cloud);
        var swap = body.Int("swap_size", 0, type?.Disk ?? int.MaxValue) ?? 512;
        CheckSize(body, type, image, swap);
        var login = Credentials.Read(body, cloud, image is not null);
        var script = ScriptChoice.Read(body, cloud, image);
        var booted = body.Flag("booted");
        var tags = TagRule.Read(body) ?? [];
        var group = body.Text("group") ?? "";
        var privateIp = body.Flag("private_ip") == true;
        var userData = ReadUserData(body, region, image);
        var firewall = Firewall(body, cloud);
        var interfaces = InterfaceReader.Read(body);
        var backups = body.Flag("backups_enabled") == true;
        var encryption = body.OneOf("disk_encryption", "enabled", "disabled");
        body.OneOf("maintenance_policy", "linode/migrate", "linode/power_off_on");
        CheckQuota(call);
        body.Done();

        var order = new Order(region!, type!, image, swap, image is not null && booted != false, new Setup(login, script, call.FillsDisks));
        var row = NewLinode.Put(call, region!, type!, label, bare => bare with
        {
            Image = image?.Slug,
            Tags = cloud.Tagged(tags),
            Group = group,
            HasUserData = userData is not null,
            BackupsEnabled = backups || bare.BackupsEnabled,
            Encrypted = encryption is null ? bare.Encrypted : encryption == "enabled",
        });
        var id = row.Id;
        if (privateIp)
        {
            cloud.Addresses.Put(cloud.Pool.NextPrivate(row.Region) with { LinodeId = id });
        }

        if (firewall is not null)
        {
            Devices.Attach(call, firewall, "linode", id);
        }

        if (userData is not null)
        {
            cloud.UserData.Put(new UserData(id, userData));
        }

        script?.Count(cloud);
        Start(call, row, order, interfaces);
        call.ExpectVisitsTo(row);
        return Instances.Show(call, row);
    }

    /// <summary>The disks and the profile are there at once; the work of creating, and of the first boot, waits in the node's queue.</summary>
    private static void Start(ApiCall call, Instance row, Order order, IReadOnlyList<ConfigInterface> interfaces)
    {
        Config? config = order.Image is { } image ? ImageLayout.Put(call, row, image, order.Swap, interfaces, order.Setup) : null;
        LinodeWork.Create(call, row, order.Image, order.Boots);
        if (order.Boots)
        {
            LinodeWork.Boot(call, row, JobKinds.Boot, config!);
        }
    }

    private static RegionWire? Region(ApiCall call)
    {
        var name = call.Body.RequiredText("region");
        var region = call.Cloud.Catalogue.Regions.GetValueOrDefault(name);
        if (region is null && name.Length > 0)
        {
            call.Body.Fail("region", Reasons.RegionNotValid);
        }
        else if (region is not null && call.StruckSoldOut(region.Id))
        {
            call.Body.Fail("region", "This region has no room for this plan at the moment");
        }

        return region;
    }

    private static TypeWire? Type(BodyReader body, Cloud cloud)
    {
        var name = body.RequiredText("type");
        var type = cloud.Catalogue.Types.GetValueOrDefault(name);
        if (type is null && name.Length > 0)
        {
            body.Fail("type", "type is not valid");
        }

        return type;
    }

    private static void CheckSize(BodyReader body, TypeWire? type, SourceImage? image, int swap)
    {
        if (type is not null && image is not null && image.Size + swap > type.Disk)
        {
            body.Fail("image", $"The image needs {image.Size} MB and swap {swap} MB; {type.Id} has {type.Disk} MB");
        }
    }

    public static string? ReadUserData(BodyReader body, RegionWire? region, SourceImage? image)
    {
        if (body.Object("metadata") is not { } metadata)
        {
            return null;
        }

        var data = metadata.Text("user_data");
        metadata.Complete();
        if (data is null)
        {
            return null;
        }

        if (data.Length > LongestUserData || !Base64.IsValid(Encoding.UTF8.GetBytes(data)))
        {
            metadata.Fail("user_data", $"Must be base64 of at most {LongestUserData} characters");
        }

        if (region?.Offers("Metadata") == false)
        {
            body.Fail("metadata", Reasons.NoMetadata);
        }
        else if (image is { CloudInit: false })
        {
            body.Fail("metadata", "The image does not support cloud-init");
        }

        return data;
    }

    /// <summary>Minus one means none; so does leaving it out, since there is no default firewall.</summary>
    private static State.Firewall? Firewall(BodyReader body, Cloud cloud)
    {
        if (body.Whole("firewall_id") is not { } id || id == -1)
        {
            return null;
        }

        var firewall = cloud.Firewalls.Find(id);
        if (firewall is null)
        {
            body.Fail("firewall_id", "firewall_id is not valid");
        }

        return firewall;
    }

    private static void CheckQuota(ApiCall call)
    {
        if (call.IsFull(FaultEffect.LinodeQuota, call.Cloud.Instances.Rows.Count))
        {
            call.Body.FailWhole(Reasons.AccountLimit);
        }
    }
}
