using System.Text.Json;
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

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"cluster\": 1 }")]
    [InlineData("[]")]
    public void What_is_no_plan_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ResolvedPlanJson.Read(json));
}
