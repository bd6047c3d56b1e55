using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public sealed class ServicesTests
{
    [Fact]
    public void Callers_are_groups_by_name_or_tag_of_all_regions_and_networks_as_they_are()
    {
        var plan = PlanTexts.Resolve("""
            version: 1
            defaults: { type: g6-nanode-1 }
            services:
              http: { ports: [443/tcp, 80/tcp], from: anywhere }
              sql: { ports: [3306/tcp, 33060-33061/tcp, 4000-4000/udp], from: [web, office, 10.1.2.3/8, '2001:db8::1'] }
            regions:
            - region: us-east
              nodes: [{ name: web, provides: [http], uses: [dns, sql] }, { name: db, provides: [sql] }]
            - region: eu-central
              nodes: [{ name: desk, tags: [office], uses: [sql, http] }, { name: pc, tags: [office] }]
            """).OrThrow();

        Assert.Equivalent(
            new ResolvedService[]
            {
                new("http", [new(443, 443, "tcp"), new(80, 80, "tcp")], [], [], true),
                new(
                    "sql", [new(3306, 3306, "tcp"), new(33060, 33061, "tcp"), new(4000, 4000, "udp")], ["web", "desk", "pc"],
                    ["10.0.0.0/8", "2001:db8::1/128"], false),
            },
            plan.Services,
            strict: true);
        Assert.Equal(
            ["web http sql", "db sql ", "desk  sql,http", "pc  "],
            plan.Regions.SelectMany(region => region.Groups)
                .Select(group => $"{group.Name} {string.Join(',', group.Provides)} {string.Join(',', group.Uses)}"));
        Assert.Equal(["dns"], plan.Nodes.First().Egress);
        Assert.Equivalent(plan, ResolvedPlanJson.Read(ResolvedPlanJson.Write(plan)), strict: true);
    }

    [Fact]
    public void A_group_of_a_region_may_say_otherwise_than_its_region_plan_and_the_defaults()
    {
        var plan = PlanTexts.Resolve("""
            version: 1
            defaults: { type: g6-nanode-1, uses: [cache] }
            services:
              cache: { ports: [6379/tcp], from: anywhere }
            regionplans:
            - name: both
              nodes: [{ name: web, provides: [cache] }, { name: db, uses: [ping] }]
            regions:
            - { region: us-east, regionplan: both }
            - { region: eu-central, regionplan: both, nodes: [{ name: web, provides: [], uses: [] }] }
            """).OrThrow();

        Assert.Equal(
            ["us-east/web cache cache", "us-east/db  ", "eu-central/web  ", "eu-central/db  "],
            plan.Regions.SelectMany(region => region.Groups.Select(
                group => $"{region.Id}/{group.Name} {string.Join(',', group.Provides)} {string.Join(',', group.Uses)}")));
    }

    [Fact]
    public void Groups_of_a_region_that_call_each_other_get_private_addresses_and_no_others()
    {
        var plan = PlanTexts.Resolve("""
            version: 1
            defaults: { type: g6-nanode-1 }
            services:
              http: { ports: [80/tcp], from: anywhere }
              sql: { ports: [3306/tcp], from: [web, far] }
            regions:
            - region: us-east
              nodes: [{ name: web, uses: [sql] }, { name: db, provides: [sql] }, { name: front, provides: [http] }, { name: probe, uses: [http] }]
            - region: eu-central
              nodes: [{ name: far, uses: [sql] }]
            """).OrThrow();

        Assert.Equal(["web", "db"], plan.Nodes.Where(node => node.PrivateIp).Select(node => node.Group));
        Assert.Contains("web gets private addresses: services between groups of a region go over its own network", plan.Notes);
    }

    [Theory]
    [InlineData("db: { ports: [1/tcp], from: web }", "uses: [db]", "5:50 LCT2110 \"db\" is used, and no group of nodes provides it")]
    [InlineData("db: { ports: [1/tcp], from: [other, 10.0.0.0/8] }", "provides: [db], uses: [db]",
        "5:66 LCT2111 \"web\" uses \"db\", which does not let it in")]
    [InlineData("db: { ports: [1/tcp], from: web }", "count: 2", "2:13 LCT2112 no group of nodes provides the service \"db\"")]
    [InlineData("db: { ports: [1/tcp], from: 10.1 }", "provides: [db]",
        "2:41 LCT2014 \"10.1\" should be a network such as 203.0.113.0/24 or 2001:db8::/32")]
    [InlineData("db: { ports: [1/tcp], from: 10.0.0.0/33 }", "provides: [db]",
        "2:41 LCT2014 \"10.0.0.0/33\" should be a network such as 203.0.113.0/24 or 2001:db8::/32")]
    [InlineData("db: { ports: [1/tcp], from: [] }", "provides: [db]", "2:41 LCT2014 nobody may call this service")]
    [InlineData("db: { ports: [], from: web }", "provides: [db]", "2:26 LCT2014 a service without ports listens nowhere")]
    [InlineData("db: { ports: [9-8/tcp], from: web }", "provides: [db]",
        "2:27 LCT2031 9-8/tcp should be a port from 1 to 65535, or a range that begins with the lower")]
    [InlineData("db: { ports: [1/tcp], from: wbe }", "provides: [db]", "2:41 LCT2033 \"wbe\" is neither a tag nor a group here")]
    public void What_makes_no_sense_is_said_where_it_stands(string service, string group, string expected)
    {
        var problem = Assert.Single(PlanTexts.Read(
            $$"""
            version: 1
            services: { {{service}} }
            regions:
            - region: us-east
              nodes: [{ name: web, type: g6-nanode-1, {{group}} }, { name: other, type: g6-nanode-1 }]
            """).Problems);

        Assert.Equal(expected, $"{problem.Position!.Value.Line}:{problem.Position.Value.Column} {problem.Code} {problem.What}");
        Assert.Equal(problem.Code == "LCT2112" ? Severity.Warning : Severity.Error, problem.Severity);
    }

    [Fact]
    public void A_group_that_never_calls_what_it_may_call_is_no_problem() =>
        Assert.Empty(PlanTexts.Read("version: 1\nservices: { db: { ports: [1/tcp], from: web } }\nregions:\n- region: us-east\n"
            + "  nodes: [{ name: web, type: g6-nanode-1 }, { name: db, type: g6-nanode-1, provides: [db] }]\n").Problems);

    [Fact]
    public void A_misspelt_caller_of_a_plan_of_2017_is_the_one_that_was_meant()
    {
        var result = PlanTexts.Resolve("services: { db: { ports: [1/tcp], from: webserver } }\nregions:\n- region: us-east\n"
            + "  nodes: [{ name: webservers, type: g6-nanode-1, uses: [db] }, { name: db, type: g6-nanode-1, provides: [db] }]\n");

        Assert.Equal(["LCT2033 Warning"], result.Problems.Select(problem => $"{problem.Code} {problem.Severity}"));
        Assert.Equal(["webservers"], result.OrThrow().Services.Single().From);
    }

    [Fact]
    public void More_rules_than_the_Cloud_Firewall_holds_are_told_before_anything_is_made()
    {
        var services = string.Join(", ", Enumerable.Range(1, 25).Select(at => $"s{at}: {{ ports: [{at}/tcp], from: 10.0.{at}.0/24 }}"));
        var provides = string.Join(", ", Enumerable.Range(1, 25).Select(at => $"s{at}"));

        var problem = Assert.Single(PlanTexts.Read(
            $"version: 1\nservices: {{ {services} }}\n"
            + $"regions: [{{ region: us-east, nodes: [{{ type: g6-nanode-1, provides: [{provides}] }}] }}]\n").Problems);

        Assert.Equal(
            ("LCT2113", "the services need 25 rules of the Cloud Firewall, besides SSH; there is room for 24"), (problem.Code, problem.What));
    }
}
