using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tests.Changes;

namespace LinodeClusterToolkit.Tests.Provisioning;

public sealed class CreateFirewallTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("shop")]
    [InlineData("9lives")]
    [InlineData("a--b__c..d")]
    [InlineData("a-_.-_.-_.-_.-_.-_.-_.-_.-_.-_.-_.-_.-_z")]
    [InlineData("a-cluster-with-a-name-of-forty-letters-x")]
    public void A_label_is_one_the_platform_takes_whatever_the_cluster_is_called(string cluster) =>
        Assert.Null(LabelRule.Firewall.Fault(CreateFirewall.LabelFor(Small.Cluster with { Name = cluster })));

    [Fact]
    public void A_short_name_can_be_read() => Assert.Equal("lct-shop-0badcafe", CreateFirewall.LabelFor(Small.Cluster));

    [Fact]
    public void Clusters_born_in_the_same_minute_with_long_names_alike_have_two_firewalls()
    {
        var born = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var one = Small.Cluster with { Id = Guid.CreateVersion7(born), Name = "a-shop-with-a-very-long-name" };
        var two = one with { Id = Guid.CreateVersion7(born.AddSeconds(1)) };

        Assert.NotEqual(CreateFirewall.LabelFor(one), CreateFirewall.LabelFor(two));
        Assert.NotEqual(CreateFirewall.LabelFor(one), CreateFirewall.LabelFor(one with { Name = "a-shop-with-a-very-long-name-2" }));
    }

    [Fact]
    public void What_is_provided_somewhere_is_let_through_besides_SSH()
    {
        var plan = Small.Plan([Small.Node("web", 1)]) with
        {
            Services = [new("http", [new(80, 80, "tcp")], [], [], true), new("nobody's", [new(81, 81, "tcp")], [], [], true)],
        };
        plan = plan with { Regions = [plan.Regions[0] with { Groups = [plan.Regions[0].Groups[0] with { Provides = ["http"] }] }] };

        var rules = CreateFirewall.RulesFor(ChangePlanner.Additions(Small.Cluster, plan, [], []));

        Assert.Equal(["ssh 22", "http-tcp 80"], rules.Inbound.Select(rule => $"{rule.Label} {rule.Ports}"));
        Assert.Equal("DROP", rules.InboundPolicy);
    }
}
