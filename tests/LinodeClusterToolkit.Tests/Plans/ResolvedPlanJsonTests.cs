using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class ResolvedPlanJsonTests
{
    [Fact]
    public void What_is_written_is_read_back_whole()
    {
        foreach (var file in new[] { "ha-wordpress.yaml", "iot.yaml" })
        {
            var plan = PlanTexts.Resolve(PlanTexts.Shipped(file)).OrThrow();
            var json = ResolvedPlanJson.Write(plan);

            var again = ResolvedPlanJson.Read(json);

            Assert.Equal(json, ResolvedPlanJson.Write(again));
            Assert.Equivalent(plan, again, strict: true);
        }
    }

    [Fact]
    public void A_plan_resolved_again_with_its_nodes_known_is_the_same_plan()
    {
        var source = PlanTexts.Source(PlanTexts.Shipped("iot.yaml"));
        var first = PlanResolver.Resolve(source, PlanTexts.Request()).OrThrow();

        var again = PlanResolver.Resolve(source,
            PlanTexts.Request() with { Known = first.Nodes.ToDictionary(node => node.Key), Counters = first.Counters }).OrThrow();

        Assert.Equal(ResolvedPlanJson.Fingerprint(first), ResolvedPlanJson.Fingerprint(again));
        Assert.Equal(first.Counters, again.Counters);
    }

    [Fact]
    public void Another_plan_has_another_fingerprint()
    {
        var text = PlanTexts.Shipped("iot.yaml");

        Assert.NotEqual(
            ResolvedPlanJson.Fingerprint(PlanTexts.Resolve(text).OrThrow()),
            ResolvedPlanJson.Fingerprint(PlanTexts.Resolve(text.Replace("count: 20", "count: 21", StringComparison.Ordinal)).OrThrow()));
    }

    [Fact]
    public void A_plan_kept_before_plans_said_the_inside_of_nodes_is_read_with_what_holds_unsaid()
    {
        var plan = PlanTexts.Resolve(PlanShapes.Nodes("type: g6-standard-1")).OrThrow();
        var json = JsonNode.Parse(ResolvedPlanJson.Write(plan))!.AsObject();
        json.Remove("ssh");
        json.Remove("accounts");
        json.Remove("services");
        var group = json["regions"]![0]!["groups"]![0]!.AsObject();
        group.Remove("provides");
        group.Remove("uses");
        var node = group["nodes"]![0]!.AsObject();
        node.Remove("users");
        node.Remove("egress");

        var old = ResolvedPlanJson.Read(json.ToJsonString());

        Assert.Equivalent(plan with { Notes = old.Notes }, old, strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"cluster\": 1 }")]
    [InlineData("[]")]
    public void What_is_no_plan_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ResolvedPlanJson.Read(json));
}
