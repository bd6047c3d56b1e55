using System.Text.Json.Nodes;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Imports;

namespace LinodeClusterToolkit.Tests.Clusters.Imports;

public sealed class DifferencesTests
{
    private static readonly string Owner = $"lct:{Guid.NewGuid():D}";

    [Fact]
    public void A_node_is_held_against_the_state_fact_by_fact_and_owner_tags_count_on_neither_side()
    {
        var thing = Thing("linode_instance", new()
        {
            ["label"] = "web-1", ["region"] = "us-east", ["type"] = "g6-nanode-1", ["image"] = "linode/debian11", ["ip_address"] = "192.0.2.1",
            ["private_ip_address"] = "", ["ipv6"] = "2001:db8::1/128", ["tags"] = new JsonArray("b", "a"),
        });
        var node = new CloudNode(
            7, "web-one", "us-east", "g6-standard-1", "linode/debian12", "running", "192.0.2.9", "192.168.130.1", "2001:db8::1", ["a", Owner]);

        Assert.Equal(
            [
                "label web-1 web-one", "type g6-nanode-1 g6-standard-1", "image linode/debian11 linode/debian12", "ipv4 192.0.2.1 192.0.2.9",
                "tags a, b a",
            ],
            Said(Differences.Of(thing, node)));
        Assert.Empty(Differences.Of(Thing("linode_instance", []), node));
    }

    [Fact]
    public void A_volume_that_was_moved_grown_or_detached_differs()
    {
        var thing = Thing("linode_volume", new() { ["label"] = "data", ["size"] = 20, ["linode_id"] = 4 });

        Assert.Equal(
            ["size 20 40", "linode 4 "], Said(Differences.Of(thing, new CloudVolume(7, "data", "active", 40, "us-east", null, "/dev/x", []))));
        Assert.Empty(Differences.Of(thing, new CloudVolume(7, "data", "active", 20, "us-east", 4, "/dev/x", [])));
    }

    [Fact]
    public void Ports_and_back_ends_of_a_balancer_differ_where_one_side_lacks_them_or_has_another_address()
    {
        var state = new TerraformState("", [
            Thing("linode_nodebalancer_config", new() { ["nodebalancer_id"] = 7, ["port"] = 80 }, 70),
            Thing("linode_nodebalancer_config", new() { ["nodebalancer_id"] = 7, ["port"] = 443 }, 71),
            Backend("one", "192.168.130.1:80", 700), Backend("two", "192.168.130.2:80", 701),
            Thing("linode_nodebalancer_config", new() { ["nodebalancer_id"] = 8, ["port"] = 99 }, 80),
        ], []);
        CloudBalancerPort[] ports =
        [
            new(70, 8080, "http", [new(700, "one", "192.168.130.9:80", "UP"), new(702, "three", "192.168.130.3:80", "UP")]), new(72, 25, "tcp", []),
        ];

        Assert.Equal(
            [
                "port 80 80 8080", "port 443 443 ", "port 25  25", "back end one 192.168.130.1:80 192.168.130.9:80", "back end two 192.168.130.2:80 ",
                "back end three  192.168.130.3:80",
            ],
            Said(Differences.Of(Thing("linode_nodebalancer", []), new CloudBalancer(7, "lb", "us-east", null, null, []), state, ports)));
    }

    [Fact]
    public void What_a_firewall_guards_may_stand_in_it_or_beside_it()
    {
        var device = Thing("linode_firewall_device", new() { ["firewall_id"] = 7, ["entity_id"] = 5, ["entity_type"] = "linode" }, 70);
        var state = new TerraformState("", [device], []);
        var said = Thing("linode_firewall", new() { ["disabled"] = true, ["linodes"] = new JsonArray(4) });
        var firewall = new CloudFirewall(7, "wall", "enabled", []);

        Assert.Equal(
            ["status disabled enabled", "linodes 4, 5 5, 6"],
            Said(Differences.Of(said, firewall, state, new HashSet<long> { 6, 5 })));
        Assert.Empty(Differences.Of(Thing("linode_firewall", []), firewall, new("", [], []), new HashSet<long> { 6 }));
    }

    private static StateThing Thing(string type, JsonObject attributes, long id = 7)
    {
        attributes["id"] = id;
        return Assert.Single(TerraformReader.From(new("s", new StateMaker().Add(type, "x", [attributes], key: false).Text())).Things);
    }

    private static StateThing Backend(string label, string address, long id) => Thing(
        "linode_nodebalancer_node", new() { ["nodebalancer_id"] = 7, ["config_id"] = 70, ["label"] = label, ["address"] = address }, id);

    private static IEnumerable<string> Said(IEnumerable<ImportDifference> all) => all.Select(one => $"{one.Fact} {one.Source} {one.Account}");
}
