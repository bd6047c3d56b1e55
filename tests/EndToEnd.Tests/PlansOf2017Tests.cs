namespace EndToEnd.Tests;

/// <summary>Plans in the dialect of the first toolkit.</summary>
public sealed class PlansOf2017Tests
{
    private const string Playbooks = "/mnt/deploymentscripts";

    [Fact]
    public async Task The_shop_of_2017_becomes_82_nodes_once_its_playbooks_are_there()
    {
        await using var desk = await Desk.SitDownAsync();
        foreach (var playbook in new[] { "ansible/memcached.yaml", "mysql/ndb.yaml", "mysql/ndbmgmt.yaml" })
        {
            desk.Write("scripts/" + playbook, "- hosts: all\n");
        }

        var plan = desk.Write("shop.yaml", OfThen("ha-wordpress-2017.yaml").Replace(Playbooks, desk.At("scripts"), StringComparison.Ordinal));
        var made = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);

        Assert.Contains("us-east-1a → us-east", made.Error);
        Assert.Equal("82 linodes, 164 disks, 10 volumes, 4 nodebalancers, 1 firewalls", await desk.Cloud.ContentAsync());
    }

    [Fact]
    public async Task The_sensors_of_2017_become_52_nodes_and_their_slip_is_told_with_its_place()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Write("iot.yaml", OfThen("iot-2017.yaml"));

        var made = (await desk.RunAsync("cluster", "create", "iot", "iot.yaml")).Ended(0);

        Assert.Contains("warning LCT2020: ", made.Error);
        Assert.Contains("iot.yaml:64:34", made.Error);
        Assert.Contains("did you mean {kafkacounter3}?", made.Error);
        Assert.StartsWith("52 linodes, 104 disks, 8 volumes", await desk.Cloud.ContentAsync());
    }

    [Fact]
    public async Task The_same_slip_stops_a_plan_of_version_1_before_anything_is_sent()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Write("iot.yaml", "version: 1\n" + OfThen("iot-2017.yaml"));

        var refused = (await desk.RunAsync("cluster", "create", "iot", "iot.yaml")).Ended(3);

        Assert.Contains("error LCT2020: ", refused.Error);
        Assert.Contains("iot.yaml:65:34", refused.Error);
        Assert.Contains("did you mean {kafkacounter3}?", refused.Error);
        Assert.Empty(await desk.Cloud.RequestsAsync());
    }

    [Fact]
    public async Task Our_own_sensors_become_52_nodes_in_3_regions()
    {
        await using var desk = await Desk.SitDownAsync();

        (await desk.RunAsync("cluster", "create", "iot", Desk.Shipped("iot.yaml"))).Ended(0);

        var regions = (await desk.Cloud.ListAsync("linode/instances")).CountBy(node => (string)node["region"]!).OrderBy(region => region.Key);
        Assert.Equal("ap-south 8, eu-central 8, us-east 36", string.Join(", ", regions.Select(region => $"{region.Key} {region.Value}")));
    }

    private static string OfThen(string plan) =>
        File.ReadAllText(Build.Repository($"tests/LinodeClusterToolkit.Tests/Plans/Data/{plan}"));
}
