using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class SeedPlansTests
{
    [Fact]
    public void The_shop_of_2017_becomes_82_nodes()
    {
        using var folder = new TempFolder();
        foreach (var playbook in new[] { "ansible/memcached.yaml", "mysql/ndb.yaml", "mysql/ndbmgmt.yaml" })
        {
            folder.File(playbook);
        }

        var result = PlanTexts.Resolve(PlanTexts.Data("ha-wordpress-2017.yaml")
            .Replace("/mnt/deploymentscripts", folder.Path, StringComparison.Ordinal), "shop");

        var plan = result.OrThrow();
        Assert.Equal("us-east 41, eu-central 41",
            string.Join(", ", plan.Regions.Select(region => $"{region.Id} {region.Groups.Sum(group => group.Nodes.Count)}")));
        AssertIsShop(plan, off: ["memcached", "mysqlnodes"]);
        Assert.Empty(result.Problems);
        Assert.Equal(
            [
                "memcached ansible memcached.yaml", "mysqlnodes stackscript MySQL", "ndbdatanodes ansible ndb.yaml", "ndbmgmtnodes ansible ndbmgmt.yaml",
                "webservers stackscript LAMP",
            ],
            plan.Regions[0].Groups.SelectMany(group => group.Actions.Select(action => $"{group.Name} {action.Kind} {action.Target.Split('/')[^1]}"))
                .Order(StringComparer.Ordinal));
        Assert.All(plan.Regions.SelectMany(region => region.Groups).SelectMany(group => group.Actions), action => Assert.Equal(Transition.FirstBoot, action.At));
        Assert.Contains("cloudinit:firewalled is done anyway: every node is firewalled from its first boot on", plan.Notes);
        Assert.Contains("localansible:diskprovisioning is done anyway: every node makes and mounts its filesystems by itself", plan.Notes);
        Assert.All(plan.Nodes.SelectMany(node => node.Volumes), volume => Assert.Equal(("xfs", "/mnt/ndb"), (volume.Filesystem, volume.Mount)));
        Assert.Contains("us-east-1a → us-east", plan.Notes);
        Assert.Contains("balancer webservernb serves the group webservers", plan.Notes);
    }

    [Fact]
    public void The_shop_of_2017_says_which_of_its_files_are_missing()
    {
        var result = PlanTexts.Resolve(PlanTexts.Data("ha-wordpress-2017.yaml")
            .Replace("/mnt/deploymentscripts", "/nowhere", StringComparison.Ordinal));

        Assert.Equal(
            ["the file \"/nowhere/ansible/memcached.yaml\" is missing", "the file \"/nowhere/mysql/ndb.yaml\" is missing",
                "the file \"/nowhere/mysql/ndbmgmt.yaml\" is missing"],
            result.Errors.Select(problem => problem.What));
    }

    [Fact]
    public void The_sensors_of_2017_become_52_nodes_and_their_slip_a_warning_at_its_place()
    {
        var result = PlanTexts.Resolve(PlanTexts.Data("iot-2017.yaml"));

        var plan = result.OrThrow();
        Assert.Equal(52, plan.Nodes.Count());
        Assert.Equal(3, plan.Regions.Count);
        Assert.Equal(8, plan.Nodes.Sum(node => node.Volumes.Count));
        Assert.DoesNotContain(result.Problems, problem => problem.Code == "LCT2090");
        var slip = Assert.Single(result.Problems, problem => problem.Code == "LCT2020");
        Assert.Equal(Severity.Warning, slip.Severity);
        Assert.Equal(new SourcePosition("plan.yaml", 64, 34), slip.Position);
        Assert.Equal("    privatefqdn: 'internal.kafka-{kafkacounte3}.iot.sg'", slip.SourceLine);
        Assert.Equal(["did you mean {kafkacounter3}?"], slip.Fixes);
        Assert.Equal("internal.kafka-8.iot.sg", plan.Nodes.Last().PrivateFqdn);
    }

    [Fact]
    public void Labels_that_2017_gave_in_several_regions_get_the_region_behind_them()
    {
        var result = PlanTexts.Resolve(PlanTexts.Data("iot-2017.yaml"));

        Assert.Equal(
            ["kafka-1", "kafka-1-eu-central", "kafka-1-ap-south"],
            result.OrThrow().Nodes.Where(node => node.Group.StartsWith("kafka", StringComparison.Ordinal) && node.Ordinal == 1)
                .Select(node => node.Label));
        Assert.Equal([(48, 16), (61, 16)], result.Warnings.Where(problem => problem.Code == "LCT2051")
            .Select(problem => (problem.Position!.Value.Line, problem.Position.Value.Column)));
    }

    [Fact]
    public void The_same_slip_stops_a_plan_of_version_1()
    {
        var result = PlanTexts.Resolve("version: 1\n" + PlanTexts.Data("iot-2017.yaml"));

        Assert.Null(result.Value);
        var slip = Assert.Single(result.Errors, problem => problem.Code == "LCT2020");
        Assert.Equal(new SourcePosition("plan.yaml", 65, 34), slip.Position);
        Assert.Equal("did you mean {kafkacounter3}?", slip.Fixes[0]);
    }

    [Theory]
    [InlineData("testplan1.yaml", "ap-south/nodeplan1/1, ap-south/nodeplan2/1, us-central/nodes1/1")]
    [InlineData("testplan1.json", "ap-south/nodes1/1, ap-south/nodes2/1, us-central/nodes1/1")]
    public void Old_numbers_of_regions_and_types_are_understood_in_yaml_and_json(string file, string keys)
    {
        var result = PlanTexts.Resolve(PlanTexts.Data(file));

        Assert.Empty(result.Problems);
        var plan = result.Value!;
        Assert.Equal(keys, string.Join(", ", plan.Nodes.Select(node => node.Key)));
        Assert.All(plan.Nodes, node => Assert.Equal("g6-nanode-1", node.Type));
    }

    [Fact]
    public void Our_shop_does_what_that_of_2017_did_and_has_no_problem()
    {
        var result = PlanTexts.Resolve(PlanTexts.Shipped("ha-wordpress.yaml"));

        Assert.Empty(result.Problems);
        AssertIsShop(result.Value!, off: []);
        Assert.All(result.Value!.Nodes, node => Assert.Equal(["ops"], node.Users));
        Assert.All(result.Value.Nodes.SelectMany(node => node.Volumes), volume => Assert.Equal(("xfs", "/mnt/ndb"), (volume.Filesystem, volume.Mount)));
    }

    [Fact]
    public void Our_sensors_do_what_those_of_2017_did_and_have_no_problem()
    {
        var result = PlanTexts.Resolve(PlanTexts.Shipped("iot.yaml"));

        Assert.Empty(result.Problems);
        var plan = result.Value!;
        Assert.Equal("us-east 36, eu-central 8, ap-south 8",
            string.Join(", ", plan.Regions.Select(region => $"{region.Id} {region.Groups.Sum(group => group.Nodes.Count)}")));
        Assert.Equal(8, plan.Nodes.Sum(node => node.Volumes.Count));
        Assert.Equal(["crunchers", "keepers"], plan.Accounts.Keys);
        Assert.Equal(8, plan.Nodes.Count(node => node.Users.Contains("keepers")));
        Assert.Equal("kafka-24", plan.Nodes.Last().Label);
        Assert.Equal("kafka-24.ap-south.internal", plan.Nodes.Last().PrivateFqdn);
    }

    private static void AssertIsShop(ResolvedPlan plan, string[] off)
    {
        Assert.Equal(82, plan.Nodes.Count());
        foreach (var region in plan.Regions)
        {
            Assert.Equal(
                "webservers 20, memcached 10, mysqlnodes 4, ndbdatanodes 5, ndbmgmtnodes 2",
                string.Join(", ", region.Groups.Select(group => $"{group.Name} {group.Nodes.Count}")));
            Assert.All(region.Groups.SelectMany(group => group.Nodes), node => Assert.Equal(!off.Contains(node.Group), node.Boot));
            Assert.Equal(
                "webservernb http 80 20, mysqlnb tcp 3306 4",
                string.Join(", ", region.Balancers.Select(one =>
                    $"{one.Name} {one.Ports[0].Protocol} {one.Ports[0].Port} {one.Ports[0].Backends.Count}")));
            Assert.All(region.Groups.SelectMany(group => group.Nodes), node =>
                Assert.Equal(plan.Services.Count > 0 || node.Group is "webservers" or "mysqlnodes", node.PrivateIp));
        }

        var data = plan.Nodes.Where(node => node.Group == "ndbdatanodes").ToArray();
        Assert.All(data, node => Assert.Equal("boot 163840 ext4, swap 40960 swap",
            string.Join(", ", node.Disks.Select(disk => $"{disk.Label} {disk.SizeMb} {disk.Filesystem}"))));
        Assert.Equal(10, data.SelectMany(node => node.Volumes).Where(volume => volume.SizeGb == 500).DistinctBy(volume => volume.Label).Count());
    }
}
