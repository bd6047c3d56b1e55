using System.Globalization;

namespace LinodeEmulator.State;

/// <summary>How events and firewall devices name what they are about. Types are singular, unlike what the published contract says.</summary>
internal static class Entities
{
    public static Entity Of(Instance instance) => new(Number(instance.Id), "linode", instance.Label, $"/v4/linode/instances/{instance.Id}");

    public static Entity Of(Disk disk) => new(Number(disk.Id), "disk", disk.Label, $"/v4/linode/instances/{disk.LinodeId}/disks/{disk.Id}");

    public static Entity Of(Config config) =>
        new(Number(config.Id), "linode_config", config.Label, $"/v4/linode/instances/{config.LinodeId}/configs/{config.Id}");

    public static Entity Of(Volume volume) => new(Number(volume.Id), "volume", volume.Label, $"/v4/volumes/{volume.Id}");

    public static Entity Of(NodeBalancer balancer) => new(Number(balancer.Id), "nodebalancer", balancer.Label, $"/v4/nodebalancers/{balancer.Id}");

    public static Entity Of(Firewall firewall) => new(Number(firewall.Id), "firewall", firewall.Label, $"/v4/networking/firewalls/{firewall.Id}");

    public static Entity Of(PrivateImage image) => OfImage(image.Slug, image.Label);

    public static Entity Of(StackScript script) => new(Number(script.Id), "stackscript", script.Label, $"/v4/linode/stackscripts/{script.Id}");

    public static Entity OfImage(string slug, string label) => new(slug, "image", label, $"/v4/images/{slug}");

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
