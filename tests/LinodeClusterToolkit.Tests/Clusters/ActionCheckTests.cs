using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tests.Changes;
using LinodeClusterToolkit.Tests.Configuration;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class ActionCheckTests
{
    private static readonly ResolvedAction[] Actions =
    [
        new(Transition.FirstBoot, "shell", "a"), new(Transition.Boot, "shell", "b"), new(Transition.ClusterStarting, "shell", "c") { RunOn = RunOn.First },
        new(Transition.ClusterStopping, "shell", "d"), new(Transition.Removing, "shell", "e"),
    ];

    [Fact]
    public void What_comes_up_needs_what_is_done_on_the_way_up() => Assert.Equal("a b c", Wanted(Changes() with { Groups = [Group(kept: 0)] }));

    [Fact]
    public void What_joins_a_group_is_not_made_its_first() => Assert.Equal("a b", Wanted(Changes() with { Groups = [Group(kept: 1)] }));

    [Fact]
    public void What_is_booted_again_has_its_beginnings_behind_it() => Assert.Equal(
        "b c", Wanted(Changes() with { Groups = [Group(kept: 0)], StartedNodes = [Node("web", 1).Record(NodeState.Stopped, 1)] }));

    [Theory]
    [InlineData(false, "d e")]
    [InlineData(true, "")]
    public void What_goes_down_needs_what_is_done_before_unless_it_is_forced(bool force, string wanted) =>
        Assert.Equal(wanted, Wanted(Changes() with { Descending = [Group(kept: 0)], Leaving = [Group(kept: 0)], Force = force }));

    [Fact]
    public async Task A_secret_that_is_not_there_is_said_before_anything_is_made()
    {
        await using var door = new FrontDoor();

        var missing = await Assert.ThrowsAsync<LinodeToolkitException>(() => door.CreateAsync("shop", """
            [{ name: web, type: g6-nanode-1, init: { boot: [{ name: 'shell:inline', inline: 'true', with: { word: 'secret:the-word' } }] } }]
            """));

        Assert.Equal(("LCT3004", "secret:the-word", "the plan gives it to shell:inline"), (missing.Problem.Code, missing.Problem.Where, missing.Problem.Why));
        Assert.DoesNotContain(door.Cloud.Calls, call => call.StartsWith("create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_playbook_that_is_gone_since_the_plan_was_read_is_named()
    {
        await using var door = new FrontDoor();
        using var folder = new TempFolder();
        File.WriteAllText(folder["site.yaml"], "[]");
        var plan = new PlanSource(folder["plan.yaml"], folder.Path, """
            version: 1
            regions:
            - region: us-east
              nodes: [{ name: web, type: g6-nanode-1, init: { boot: [{ name: 'localansible:site.yaml' }] } }]
            """);
        await using var toolkit = door.Open(new ScriptedShell());
        var preview = await toolkit.PreviewAsync(new("shop", plan));
        File.Delete(folder["site.yaml"]);

        var gone = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.CreateAsync(preview, observer: null));

        Assert.Equal(("LCT2190", "localansible:site.yaml"), (gone.Problem.Code, gone.Problem.Where));
        Assert.DoesNotContain(door.Cloud.Calls, call => call.StartsWith("create", StringComparison.Ordinal));
    }

    private static string Wanted(ChangeSet changes) => string.Join(' ', ActionCheck.Wanted(changes).Select(action => action.Target));

    private static ChangeSet Changes() => new(Cluster, [], [], [], [], [], []);

    private static ChangedGroup Group(int kept) => new("us-east", "web", 1, kept, [new("us-east/web/1", "web-1", 1)]) { Actions = Actions };
}
