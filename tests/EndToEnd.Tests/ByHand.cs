using System.Globalization;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>Somebody who works on the account of a cluster beside the tool.</summary>
internal sealed class ByHand
{
    private readonly Cloud cloud;
    private readonly string prefix;
    private readonly List<JsonNode> nodes;
    private readonly List<JsonNode> volumes;
    private readonly JsonNode firewall;

    private ByHand(Cloud cloud, string prefix, List<JsonNode> nodes, List<JsonNode> volumes, JsonNode firewall) =>
        (this.cloud, this.prefix, this.nodes, this.volumes, this.firewall) = (cloud, prefix, nodes, volumes, firewall);

    public string Owner => (string)firewall["tags"]![0]!;

    public long Firewall => (long)firewall["id"]!;

    public string FirewallLabel => (string)firewall["label"]!;

    /// <param name="cloud">Where.</param>
    /// <param name="prefix">What the labels of the cluster's things begin with.</param>
    public static async Task<ByHand> OfAsync(Cloud cloud, string prefix)
    {
        var firewalls = await cloud.ListAsync("networking/firewalls");
        return new(
            cloud, prefix, await cloud.ListAsync("linode/instances"), await cloud.ListAsync("volumes"),
            firewalls.Single(one => ((string)one["label"]!).StartsWith($"lct-{prefix.Split('-')[0]}-", StringComparison.Ordinal)));
    }

    public long Node(string name) => (long)nodes.Single(node => (string)node["label"]! == prefix + name)["id"]!;

    public long Volume(string name) => (long)volumes.Single(volume => (string)volume["label"]! == prefix + name)["id"]!;

    public async Task DoAsync(string method, string path, string body = "{}") => await cloud.SendAsync(method, $"/v4/{path}", body);

    /// <summary>Id of a node as the firewall knows it.</summary>
    public async Task<long> DeviceAsync(long node)
    {
        var devices = await cloud.ListAsync($"networking/firewalls/{Firewall.ToString(CultureInfo.InvariantCulture)}/devices");
        return (long)devices.Single(device => (long)device["entity"]!["id"]! == node)["id"]!;
    }

    /// <summary>The back end of that label, and where it is.</summary>
    public async Task<(long Balancer, long Port, JsonNode Back)> BackendAsync(string label)
    {
        foreach (var balancer in await cloud.ListAsync("nodebalancers"))
        {
            foreach (var port in await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs"))
            {
                var all = await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs/{port["id"]}/nodes");
                if (all.Find(back => (string)back["label"]! == label) is { } found)
                {
                    return ((long)balancer["id"]!, (long)port["id"]!, found);
                }
            }
        }

        throw new InvalidOperationException($"there is no back end {label}");
    }
}
