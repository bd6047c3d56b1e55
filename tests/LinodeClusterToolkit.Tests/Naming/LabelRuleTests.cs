using LinodeClusterToolkit.Naming;

namespace LinodeClusterToolkit.Tests.Naming;

public class LabelRuleTests
{
    [Theory]
    [InlineData("web-1", null)]
    [InlineData("a.b_c-d", null)]
    [InlineData("ab", "3 to 64 characters")]
    [InlineData("1web", "begins with a letter")]
    [InlineData("web-", "ends with a letter or digit")]
    [InlineData("web--1", "doubles no")]
    [InlineData("web__1", "doubles no")]
    [InlineData("web 1", "only letters, digits")]
    [InlineData("wéb", "only letters, digits")]
    public void Knows_what_the_platform_refuses_as_a_node_label(string label, string? why)
    {
        var fault = LabelRule.Node.Fault(label);

        Assert.Equal(why is null, fault is null);
        Assert.Contains(why ?? "", fault ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_both_ends_of_a_label_that_is_too_long()
    {
        var label = LabelRule.Volume.Fit("ha-wordpress-eu-central-ndbdatanodes-3-data");

        Assert.Equal(32, label.Length);
        Assert.StartsWith("ha-wordpress-", label, StringComparison.Ordinal);
        Assert.EndsWith("nodes-3-data", label, StringComparison.Ordinal);
        Assert.Equal(label, LabelRule.Volume.Fit("ha-wordpress-eu-central-ndbdatanodes-3-data"));
    }

    [Fact]
    public void Whatever_is_wanted_comes_out_legal_and_different_things_come_out_different()
    {
        var random = new Random(32);
        var labels = new Dictionary<string, string>();
        foreach (var rule in new[] { LabelRule.Volume, LabelRule.Balancer, LabelRule.Firewall, LabelRule.Node })
        {
            labels.Clear();
            for (var round = 0; round < 2_000; round++)
            {
                var wanted = new string([.. Enumerable.Range(0, random.Next(1, 90)).Select(_ => "abcXYZ019-_. /é"[random.Next(15)])]);

                var label = rule.Fit(wanted);

                Assert.Null(rule.Fault(label));
                Assert.True(labels.TryAdd(label, wanted) || labels[label] == wanted, $"{wanted} and {labels[label]} both become {label}");
            }
        }
    }

    [Fact]
    public void A_legal_label_stays_as_it_is() => Assert.Equal("pg-8-data", LabelRule.Volume.Fit("pg-8-data"));
}
