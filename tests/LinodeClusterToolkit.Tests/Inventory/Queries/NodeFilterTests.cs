using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Inventory.Queries;
using static LinodeClusterToolkit.Tests.Inventory.Queries.Samples;

namespace LinodeClusterToolkit.Tests.Inventory.Queries;

public sealed class NodeFilterTests
{
    private static readonly NodeRecord Web = Node("web-1", "web", "fast") with
    {
        LinodeId = 70001, Ordinal = 7, PublicIpv4 = "192.0.2.1", PrivateIpv4 = "192.168.128.1", Ipv6 = "2001:db8::1/128",
        PublicFqdn = "web.example.org", HostName = "front", Boot = BootState.Up, Configuration = ConfigurationState.Configured,
        Stage = NodeStage.ClusterStarted,
        HostKeyOrigin = HostKeyOrigin.StackScript, Failure = "no 100% answer", Created = Now.AddDays(-3),
        Updated = new(2026, 3, 1, 8, 30, 15, TimeSpan.Zero),
    };

    [Theory]
    [InlineData("cluster=shop")]
    [InlineData("tag=web")]
    [InlineData("tag in (db, fast)")]
    [InlineData("tag not in (db, sql)")]
    [InlineData("tag!=db and tags!=sql")]
    [InlineData("region=us-east and group=web and ordinal=7 and ordinal>6 and ordinal<=7")]
    [InlineData("key=us-east/web-1/1")]
    [InlineData("id=70001 and id>=70001 and linode_id!=5")]
    [InlineData("state=READY and state in (ready, failed) and state!=gone")]
    [InlineData("configuration=configured and stage>=started and stage<regionready and stage!=none")]
    [InlineData("boot=up and not boot in (off, booting)")]
    [InlineData("hostkey=stackscript and host-key-origin~stack*")]
    [InlineData("unwatched=no and unwatched=false")]
    [InlineData("power=running")]
    [InlineData("ip=192.0.2.1 and ip=192.168.128.1 and ip~192.168.*")]
    [InlineData("ip=2001:DB8:0::1 and ipv6=2001:db8::1 and ipv6=2001:db8::1/128")]
    [InlineData("name=web-1 and name=front and name=web.example.org and name~EXAMPLE")]
    [InlineData("hostname=front and public_fqdn=web.example.org and private_fqdn=none")]
    [InlineData("login=none and login!=root and not login~r")]
    [InlineData("failure!=none and failure~'100%' and failure~\"no ???% a*\"")]
    [InlineData("label~WEB-? and label~w*1 and label!~db")]
    [InlineData("age>=3d and age<=72h and age<1w and age>2d23h59m59s")]
    [InlineData("created=2026-03-07 and created>2026-03-06 and created<=2026-03-07 and created>1d")]
    [InlineData("updated=2026-03-01T08:30 and updated>=2026-03-01T08:30:15Z and updated<2026-03-01T08:30:16Z")]
    [InlineData("updated=2026-03-01T09:30:15+01:00 and updated<2w")]
    [InlineData("not tag=db")]
    [InlineData("!(tag=db or tag=sql)")]
    [InlineData("NOT tag=db AND tag=web OR tag=sql")]
    [InlineData("tag=sql and tag=db or tag=web")]
    [InlineData("tag=web or tag=db and tag=sql")]
    [InlineData("not tag=db or tag=sql and tag=db")]
    [InlineData("not not tag = web\n\tand region='us-east'")]
    public void A_query_fits_a_node_it_is_true_of(string query)
    {
        var fits = Fits(query, Web);

        Assert.True(fits);
        Assert.Equal(!fits, Fits($"not ({query})", Web));
    }

    [Theory]
    [InlineData("cluster=Shop")]
    [InlineData("tag=Web")]
    [InlineData("tag='web '")]
    [InlineData("tag=none")]
    [InlineData("name=none or ip=none")]
    [InlineData("label~web and label!~w*")]
    [InlineData("label='web-*'")]
    [InlineData("label~eb-?")]
    [InlineData("login='none'")]
    [InlineData("login~*")]
    [InlineData("age>3d or age<3d")]
    [InlineData("created>2026-03-07 or created<2026-03-07")]
    [InlineData("(tag=web or tag=db) and tag=sql")]
    [InlineData("stage>planready or stage<none")]
    [InlineData("age>999999999d")]
    public void It_fits_none_it_is_not_true_of(string query) => Assert.False(Fits(query, Web));

    [Theory]
    [InlineData("tag='it''s'", "it's")]
    [InlineData("tag=\"it's\"", "it's")]
    [InlineData("tag='say \"x\"'", "say \"x\"")]
    [InlineData("tag='a=b (c), d'", "a=b (c), d")]
    [InlineData("tag in ('and', or_, \"not\")", "not")]
    [InlineData("tag='*'", "*")]
    [InlineData("tag~'ü*😀?'", "über-😀😀")]
    [InlineData("tag=lct:1/a.b_c-d@e+f#g", "lct:1/a.b_c-d@e+f#g")]
    public void Values_hold_any_text_in_quotes(string query, string tag) => Assert.True(Fits(query, Node("a", tag)));

    [Fact]
    public void A_query_says_what_it_was_read_from() => Assert.Equal("Tag = a", NodeFilter.Parse("Tag = a").ToString());

    [Fact]
    public void What_is_nested_and_long_up_to_the_limits_is_read()
    {
        var nested = new string('(', QueryParser.MostNested) + "tag=web" + new string(')', QueryParser.MostNested);
        var many = string.Join(" or ", Enumerable.Repeat("tag=db", QueryParser.MostComparisons - 1).Append("tag=web"));
        var list = $"tag in ({string.Join(',', Enumerable.Range(1, QueryParser.MostValues - 1))}, web)";

        Assert.All([nested, many, list, string.Concat(Enumerable.Repeat("not ", 4000)) + "tag=web"], query => Assert.True(Fits(query, Web)));
    }

    [Fact]
    public void A_pattern_that_begins_again_and_again_is_held_against_a_text_quickly()
    {
        var glob = string.Concat(Enumerable.Repeat("*a", 500)) + "b";

        Assert.False(Glob.Fits(new string('a', 5000), glob));
    }
}
