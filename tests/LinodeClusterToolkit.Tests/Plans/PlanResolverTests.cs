using System.Diagnostics;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class PlanResolverTests
{
    private static readonly string Web = PlanShapes.Nodes("name: web, type: g6-standard-1, count: 3");

    [Fact]
    public void A_node_is_named_after_cluster_region_group_and_its_number()
    {
        var node = PlanTexts.Resolve(Web, "shop").OrThrow().Nodes.Last();

        Assert.Equal(("us-east/web/3", "shop-us-east-web-3", "shop-us-east-web-3", 3), (node.Key, node.Label, node.HostName, node.Ordinal));
        Assert.Equal((true, false, "linode/debian12"), (node.Boot, node.PrivateIp, node.Image));
    }

    [Fact]
    public void The_default_image_is_said() =>
        Assert.Contains("no image is named: Debian 12 (linode/debian12) is used", PlanTexts.Resolve(Web).OrThrow().Notes);

    [Fact]
    public void Known_nodes_keep_every_name_and_take_no_numbers()
    {
        var first = PlanTexts.Resolve("version: 1\ncounters: [rack]\n"
            + "regions: [{ region: us-east, nodes: [{ name: web, type: g6-standard-1, count: 3, nodenames: 'old-{rack}' }] }]\n").OrThrow();
        var known = first.Nodes.Where(node => node.Ordinal != 2).ToDictionary(node => node.Key);
        var request = PlanTexts.Request() with { Known = known, Counters = first.Counters };

        var again = PlanResolver.Resolve(
            PlanTexts.Source("version: 1\ncounters: [rack]\n"
                + "regions: [{ region: us-east, nodes: [{ name: web, type: g6-standard-2, count: 4, nodenames: 'web-{rack}', "
                + "publicfqdn: 'w{counter}.example.com' }] }]\n"), request).OrThrow();

        Assert.Equal("us-east/web/1 old-1, us-east/web/3 old-3, us-east/web/4 web-4, us-east/web/5 web-5",
            string.Join(", ", again.Nodes.Select(node => $"{node.Key} {node.Label}")));
        Assert.All(again.Nodes, node => Assert.Equal("g6-standard-2", node.Type));
        Assert.Null(again.Nodes.First().PublicFqdn);
        Assert.Equal("rack 6, us-east/web 6", string.Join(", ", again.Counters.Select(one => $"{one.Key} {one.Value}")));
    }

    [Fact]
    public void A_smaller_count_keeps_the_lowest_ordinals()
    {
        var first = PlanTexts.Resolve(Web).OrThrow();

        var again = PlanResolver.Resolve(PlanTexts.Source(Web.Replace("count: 3", "count: 2", StringComparison.Ordinal)),
            PlanTexts.Request() with { Known = first.Nodes.ToDictionary(node => node.Key), Counters = first.Counters }).OrThrow();

        Assert.Equal(["us-east/web/1", "us-east/web/2"], again.Nodes.Select(node => node.Key));
    }

    [Fact]
    public void Volumes_of_known_nodes_keep_their_labels()
    {
        var text = PlanShapes.Nodes("name: db, type: g6-standard-1, storage: [{ label: data, size: 20GB, type: blockstore }]");
        var known = PlanTexts.Resolve(text).OrThrow().Nodes.Select(node => node with { Volumes = [node.Volumes[0] with { Label = "old-name" }] });

        var again = PlanResolver.Resolve(PlanTexts.Source(text), PlanTexts.Request() with { Known = known.ToDictionary(node => node.Key) }).OrThrow();

        Assert.Equal("old-name", again.Nodes.Single().Volumes[0].Label);
    }

    [Fact]
    public void A_counter_advances_once_for_a_node_and_runs_through_its_scope()
    {
        var plan = PlanTexts.Resolve("""
            version: 1
            counters: [all]
            regionplans:
            - name: one
              counters: [here]
              nodes:
              - { name: a, type: g6-standard-1, count: 2, nodenames: 'aa-{all}', hostnames: 'h{all}-{here}', publicfqdn: '{here:03}.x' }
              - { name: b, type: g6-standard-1, nodenames: 'b{all}-{here}-{index}' }
            regions:
            - { region: us-east, regionplan: one }
            - { region: eu-central, regionplan: one }
            """).OrThrow();

        Assert.Equal(
            ["aa-1 h1-1 001.x", "aa-2 h2-2 002.x", "b3-3-0 b3-3-0 ", "aa-4 h4-1 001.x", "aa-5 h5-2 002.x", "b6-3-0 b6-3-0 "],
            plan.Nodes.Select(node => $"{node.Label} {node.HostName} {node.PublicFqdn}"));
        Assert.Equal(["all", "eu-central/a", "eu-central/b", "eu-central/here", "us-east/a", "us-east/b", "us-east/here"], plan.Counters.Keys);
    }

    [Fact]
    public void Regions_override_groups_and_balancers_of_their_plan_by_name()
    {
        var plan = PlanTexts.Resolve("""
            version: 1
            regionplans:
            - name: one
              nodes:
              - { name: web, type: g6-standard-1, count: 20, min: 18, tags: [webserver] }
              nodebalancers:
              - { name: nb, tag: webserver, port: 80, protocol: http, algorithm: leastconn }
            regions:
            - region: us-east
              regionplan: one
              nodes: [{ name: web, count: 10 }, { name: extra, type: g6-nanode-1 }]
              nodebalancers: [{ name: nb, port: 8080 }]
            """).OrThrow();

        var region = Assert.Single(plan.Regions);
        Assert.Equal("web 10 10, extra 1 1", string.Join(", ", region.Groups.Select(group => $"{group.Name} {group.Nodes.Count} {group.Min}")));
        var port = Assert.Single(Assert.Single(region.Balancers).Ports);
        Assert.Equal((8080, 8080, "http", "leastconn", 10), (port.Port, port.BackendPort, port.Protocol, port.Algorithm, port.Backends.Count));
        Assert.Contains("web: min is lowered to the count", plan.Notes);
    }

    [Fact]
    public void Defaults_hold_where_a_group_says_nothing()
    {
        var plan = PlanTexts.Resolve("version: 1\ndefaults: { type: g6-standard-1, image: debian 12, count: 2, tag: all-nodes }\n"
            + "regions: [{ region: us-east, nodes: [{ name: a }, { name: b, type: g6-nanode-1, count: 1 }] }]\n").OrThrow();

        Assert.Equal("g6-standard-1 g6-standard-1 g6-nanode-1", string.Join(" ", plan.Nodes.Select(node => node.Type)));
        Assert.All(plan.Nodes, node => Assert.Equal(["all-nodes"], node.Tags));
    }

    [Fact]
    public void Variables_fill_numbers_names_and_ids_and_what_is_set_wins()
    {
        const string Text = "version: 1\nvars: { size: 2, kind: g6-standard-1, host: web }\n"
            + "regions: [{ region: us-east, nodes: [{ name: web, type: '{kind}', count: '{size}', nodenames: '{host}-{size:03}-{counter}' }] }]\n";

        Assert.Equal(["web-002-1", "web-002-2"], PlanTexts.Resolve(Text).OrThrow().Nodes.Select(node => node.Label));
        var set = PlanTexts.Request() with { Set = new Dictionary<string, string> { ["size"] = "3", ["kind"] = "g6-nanode-1" } };
        var plan = PlanResolver.Resolve(PlanReader.Read(PlanTexts.Source(Text)).OrThrow(), set).OrThrow();
        Assert.Equal("web-003-1 web-003-2 web-003-3", string.Join(" ", plan.Nodes.Select(node => node.Label)));
        Assert.Equal("g6-nanode-1", plan.Nodes.First().Type);
    }

    [Theory]
    [InlineData("web_cuont", "3", "LCT2022", "did you mean \"web_count\"?")]
    [InlineData("web_count", "many", "LCT2023", "give it a whole number, as the plan does")]
    public void A_variable_that_cannot_be_set_is_an_error(string name, string value, string code, string fix)
    {
        var request = PlanTexts.Request() with { Set = new Dictionary<string, string> { [name] = value } };

        var result = PlanResolver.Resolve(PlanTexts.Source("version: 1\nvars: { web_count: 2 }\n"
            + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1, count: '{web_count}' }] }]\n"), request);

        var problem = Assert.Single(result.Errors, one => one.Code == code);
        Assert.Equal(fix, problem.Fixes[0]);
    }

    [Fact]
    public void Disks_are_shares_of_the_smallest_type_that_may_be_taken()
    {
        var plan = PlanTexts.Resolve(PlanShapes.Nodes("name: db, type: [g6-standard-4, g6-standard-2], "
            + "storage: [{ label: root, size: 50%, boot: yes }, { label: swap, size: 1GB, fs: swap }]")).OrThrow();

        var node = Assert.Single(plan.Nodes);
        Assert.Equal(["g6-standard-4", "g6-standard-2"], node.Types);
        Assert.Equal([new ResolvedDisk("root", 40960, "ext4", true), new ResolvedDisk("swap", 1024, "swap", false)], node.Disks);
        Assert.Contains("db: 39936 MB of the 81920 MB disk stay unused", plan.Notes);
    }

    [Fact]
    public void A_volume_label_that_is_too_long_is_shortened_and_stays_unique()
    {
        var plan = PlanTexts.Resolve(PlanShapes.Nodes("name: a-rather-long-group, type: g6-standard-1, count: 40, "
            + "storage: [{ label: data, size: 20GB, type: blockstore }]"), "a-rather-long-cluster").OrThrow();

        var labels = plan.Nodes.Select(node => node.Volumes[0].Label).ToArray();
        Assert.Equal(40, labels.Distinct().Count());
        Assert.All(labels, label => Assert.InRange(label.Length, 1, 32));
    }

    [Fact]
    public void Volumes_of_different_nodes_never_share_a_label()
    {
        var plan = PlanTexts.Resolve("""
            version: 1
            regions:
            - region: us-east
              nodes:
              - { name: one, type: g6-standard-1, nodenames: web, storage: [{ label: a-data, size: 20GB, type: blockstore }] }
              - { name: two, type: g6-standard-1, nodenames: web-a, storage: [{ label: data, size: 20GB, type: blockstore }] }
            """).OrThrow();

        var labels = plan.Nodes.Select(node => node.Volumes[0].Label).ToArray();
        Assert.Equal("web-a-data", labels[0]);
        Assert.NotEqual(labels[0], labels[1]);
    }

    [Fact]
    public void A_balancer_listens_on_several_ports_and_checks_its_nodes()
    {
        var plan = PlanTexts.Resolve("""
            version: 1
            regions:
            - region: us-east
              nodes: [{ name: web, type: g6-standard-1, count: 2 }, { name: other, type: g6-standard-1 }]
              nodebalancers:
              - name: nb
                tag: web
                protocol: http
                stickiness: http_cookie
                check: { path: /health, interval: 30s }
                ports: [80, { port: 443, backend-port: 8443, protocol: tcp, stickiness: source-is-no-word }]
            """.Replace("source-is-no-word", "table", StringComparison.Ordinal)).OrThrow();

        var ports = Assert.Single(plan.Balancers).Ports;
        Assert.Equal("80→80 http http_cookie, 443→8443 tcp table",
            string.Join(", ", ports.Select(port => $"{port.Port}→{port.BackendPort} {port.Protocol} {port.Stickiness}")));
        Assert.All(ports, port => Assert.Equal(new HealthCheck("http", "/health", null, 30, 5, 3), port.Check));
        Assert.All(ports, port => Assert.Equal(["us-east/web/1", "us-east/web/2"], port.Backends));
        Assert.Equal([true, true, false], plan.Nodes.Select(node => node.PrivateIp));
    }

    [Theory]
    [InlineData("{}", "connection", 10, 5)]
    [InlineData("{ path: / }", "http", 10, 5)]
    [InlineData("{ body: ok }", "http_body", 10, 5)]
    [InlineData("{ interval: 3s }", "connection", 3, 2)]
    [InlineData("{ timeout: 20s }", "connection", 21, 20)]
    [InlineData("{ kind: none }", "none", 10, 5)]
    public void What_a_check_leaves_open_follows_from_the_rest(string check, string kind, int interval, int timeout)
    {
        var plan = PlanTexts.Resolve($"version: 1\nregions:\n- region: us-east\n  nodes: [{{ name: web, type: g6-standard-1 }}]\n"
            + $"  nodebalancers: [{{ name: nb, tag: web, port: 80, check: {check} }}]\n").OrThrow();

        var found = plan.Balancers.Single().Ports[0].Check;
        Assert.Equal((kind, interval, timeout), (found.Kind, found.IntervalSeconds, found.TimeoutSeconds));
    }

    [Fact]
    public void Https_of_a_plan_of_2017_is_left_out_with_a_warning()
    {
        var result = PlanTexts.Resolve("regions:\n- region: us-east\n  nodes: [{ name: web, type: g6-standard-1 }]\n"
            + "  nodebalancers: [{ name: nb, tag: web, ports: [80, { port: 443, protocol: https }] }]\n");

        Assert.Equal([80], result.OrThrow().Balancers.Single().Ports.Select(port => port.Port));
        Assert.Equal("\"balancer port: protocol\" is not acted on yet", Assert.Single(result.Warnings).What);
    }

    [Fact]
    public void Every_node_gets_a_private_address_where_the_network_says_so() =>
        Assert.All(PlanTexts.Resolve(Web + "network: { private: ip }\n").OrThrow().Nodes, node => Assert.True(node.PrivateIp));

    [Fact]
    public void A_region_without_block_storage_is_told_so_at_the_volume()
    {
        var offer = LinodeCatalog.BuiltIn.Offer;
        var bare = offer with { Regions = [.. offer.Regions.Select(region => region.Id == "us-east"
            ? region with { Capabilities = new HashSet<string> { "Linodes", "Cloud Firewall" } } : region)] };
        const string Text = "version: 1\nregions:\n- region: us-east\n"
            + "  nodes: [{ name: web, type: g6-standard-1, storage: [{ label: data, size: 20GB, type: blockstore }] }]\n"
            + "  nodebalancers: [{ name: nb, tag: web, port: 80 }]\n";

        var result = PlanResolver.Resolve(PlanTexts.Source(Text), new ResolveRequest("demo", new LinodeCatalog(bare)));

        Assert.Equal(
            ["us-east has no Block Storage, which the volume data needs", "us-east has no NodeBalancers, which the balancer nb needs"],
            result.Errors.Select(problem => problem.What));
        Assert.Equal(new SourcePosition("plan.yaml", 4, 55), result.Errors.First().Position);
    }

    [Fact]
    public void A_type_the_region_does_not_sell_is_left_out_where_there_is_another()
    {
        var offer = LinodeCatalog.BuiltIn.Offer;
        var noGpus = offer with { Regions = [.. offer.Regions.Select(region =>
            region with { Capabilities = region.Capabilities.Except(["GPU Linodes"]).ToHashSet() })] };
        var request = new ResolveRequest("demo", new LinodeCatalog(noGpus));

        var plan = PlanResolver.Resolve(PlanTexts.Source(PlanShapes.Nodes("type: [g1-gpu-rtx6000-1, g6-standard-1]")), request).OrThrow();
        var alone = PlanResolver.Resolve(PlanTexts.Source(PlanShapes.Nodes("type: g1-gpu-rtx6000-1")), request);

        Assert.Equal(["g6-standard-1"], plan.Nodes.Single().Types);
        Assert.Equal("LCT2073", Assert.Single(alone.Errors).Code);
    }

    [Theory]
    [InlineData("debian 12", true, true)]
    [InlineData("debian 12", false, false)]
    [InlineData("plain 1", true, false)]
    public void User_data_is_taken_where_image_and_region_know_it(string image, bool hasMetadata, bool takes)
    {
        var offer = LinodeCatalog.BuiltIn.Offer;
        var plain = offer.Images.First(one => one.HasCloudInit) with
        {
            Id = "linode/plain1", Label = "Plain 1", Capabilities = new HashSet<string>(),
        };
        var other = offer with
        {
            Images = [.. offer.Images, plain],
            Regions = [.. offer.Regions.Select(region => hasMetadata ? region
                : region with { Capabilities = region.Capabilities.Except(["Metadata"]).ToHashSet() })],
        };
        var source = PlanTexts.Source(PlanShapes.Nodes($"type: g6-standard-1, image: {image}, count: 2"));
        var request = new ResolveRequest("demo", new LinodeCatalog(other));

        var plan = PlanResolver.Resolve(source, request).OrThrow();
        var again = PlanResolver.Resolve(source, request with { Known = plan.Nodes.ToDictionary(node => node.Key) }).OrThrow();

        Assert.All(plan.Nodes.Concat(again.Nodes), node => Assert.Equal(takes, node.TakesUserData));
    }

    [Fact]
    public void Mistakes_of_reading_and_of_resolving_come_out_together_in_the_order_of_the_text()
    {
        var result = PlanTexts.Resolve("version: 1\nregions:\n- region: atlantis\n  nodes: [{ type: g9-none, cuont: 2 }]\n- region: us-east\n"
            + "  nodes: [{ type: g6-standard-1, image: nope }]\n");

        Assert.Equal(["LCT2070", "LCT2071", "LCT2012", "LCT2072"], result.Errors.Select(problem => problem.Code));
    }

    [Fact]
    public void Host_names_that_repeat_in_a_region_are_a_warning()
    {
        var result = PlanTexts.Resolve(PlanShapes.Nodes("type: g6-standard-1, count: 2, hostnames: web"));

        Assert.Equal("LCT2053", Assert.Single(result.Warnings).Code);
        Assert.True(result.IsValid);
    }

    [Fact]
    public void Ten_thousand_nodes_are_resolved_fast()
    {
        var clock = Stopwatch.StartNew();

        var plan = PlanTexts.Resolve("version: 1\ncounters: [all]\n"
            + "regions: [{ region: us-east, nodes: [{ name: web, type: g6-standard-1, count: 10000, nodenames: 'n-{all:05}', "
            + "storage: [{ label: data, size: 20GB, type: blockstore }] }] }]\n").OrThrow();

        Assert.Equal("n-10000", plan.Nodes.Last().Label);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }
}
