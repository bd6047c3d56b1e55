using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tests.Changes;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>StackScripts of a plan that stand in the cloud.</summary>
public sealed class StoredScriptsTests
{
    private const string Script = "#!/bin/sh\n# <UDF name='site' label='Site' />\n";

    private readonly FakeCloud cloud = new()
    {
        PublicScripts =
        {
            new(1, "LAMP", "") { User = "linode", Images = ["any/all"], Script = Script },
            new(2, "LAMP", "") { User = "somebody", Images = ["linode/debian12"], Script = "#!/bin/sh\necho somebody's\n" },
            new(3, "Twice", "") { User = "linode", Images = ["any/all"], Script = "#!/bin/sh\n" },
            new(4, "Twice", "") { User = "linode", Images = ["any/all"], Script = "#!/bin/sh\n" },
            new(5, "Old", "") { User = "linode", Images = ["linode/debian9"], Script = "#!/bin/sh\n" },
        },
    };

    [Theory]
    [InlineData("somebody/LAMP")]
    [InlineData("2")]
    public async Task The_text_becomes_part_of_the_plan(string target)
    {
        var plan = await StoredScripts.FillAsync(cloud, Naming(target), null, default);

        Assert.Equal("#!/bin/sh\necho somebody's\n", plan.Regions[0].Groups[0].Actions.Single().Text);
    }

    [Theory]
    [InlineData("linode/LAMP", "LCT2131 stackscript:linode/LAMP needs a value for \"site\"")]
    [InlineData("linode/LAMB", "LCT2135 there is no stackscript:linode/LAMB")]
    [InlineData("77", "LCT2135 there is no stackscript:77")]
    [InlineData("linode/Twice", "LCT2135 stackscript:linode/Twice is the name of several StackScripts")]
    [InlineData("linode/Old", "LCT2136 stackscript:linode/Old does not run on linode/debian12")]
    public async Task What_does_not_fit_is_told_with_its_place(string target, string problem)
    {
        var refused = await Assert.ThrowsAsync<PlanException>(() => StoredScripts.FillAsync(cloud, Naming(target), null, default));

        Assert.Equal([(problem, "us-east/web firstboot")], refused.Problems.Select(one => ($"{one.Code} {one.What}", one.Where!)));
    }

    [Fact]
    public async Task What_the_cluster_was_begun_with_stays_whatever_became_of_it_and_nothing_is_asked_for()
    {
        var before = await StoredScripts.FillAsync(cloud, Naming("2"), null, default);
        cloud.PublicScripts.Clear();
        cloud.Calls.Clear();

        Assert.Equal(
            ResolvedPlanJson.Fingerprint(before), ResolvedPlanJson.Fingerprint(await StoredScripts.FillAsync(cloud, Naming("2"), before, default)));
        Assert.Empty(cloud.Calls);
    }

    [Fact]
    public async Task One_that_several_groups_name_is_asked_for_once()
    {
        var plan = Small.Plan([Small.Node("web", 1), Small.Node("db", 1), Small.Node("web", 1, "eu-central", "far-1")]);
        await StoredScripts.FillAsync(cloud, With(plan, "2"), null, default);

        Assert.Equal(["script 2"], cloud.Calls);
    }

    private static ResolvedPlan Naming(string target) => With(Small.Plan([Small.Node("web", 1)]), target);

    private static ResolvedPlan With(ResolvedPlan plan, string target) => plan with
    {
        Regions = [.. plan.Regions.Select(region => region with
        {
            Groups = [.. region.Groups.Select(group => group with { Actions = [new ResolvedAction(Transition.FirstBoot, "stackscript", target)] })],
        })],
    };
}
