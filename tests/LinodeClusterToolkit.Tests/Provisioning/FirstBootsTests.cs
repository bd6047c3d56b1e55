using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Changes;
using LinodeClusterToolkit.Tests.Clusters;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Provisioning;

/// <summary>What rides along when a node is created.</summary>
public sealed class FirstBootsTests
{
    private readonly FakeCloud cloud = new();

    [Fact]
    public async Task A_node_whose_image_acts_on_user_data_gets_it_and_no_script()
    {
        var (tools, node) = (await ToolsAsync(), Node("web", 1));

        Assert.NotNull(await FirstBoots.UserDataAsync(tools, node, Riders.None, default));
        Assert.Null(await FirstBoots.ScriptAsync(tools, node, Riders.None, default));
    }

    [Fact]
    public async Task A_node_whose_image_does_not_gets_the_stored_script_with_its_data()
    {
        var (tools, node) = (await ToolsAsync(), Node("web", 1) with { TakesUserData = false });
        await RunAsync(new CreateBootScript(tools), Adding(node));

        var script = (await FirstBoots.ScriptAsync(tools, node, Riders.None, default))!;

        Assert.Null(await FirstBoots.UserDataAsync(tools, node, Riders.None, default));
        Assert.Equal(cloud.StackScripts.Single().Id, script.Id);
        Assert.Equal(["LCT_HARDEN", "LCT_HOST_KEY"], script.Data.Keys.Order());
        Assert.All(script.Data.Values, value => Assert.Equal("***", $"{value}"));
    }

    [Fact]
    public async Task The_script_is_stored_once_however_often_it_is_tried()
    {
        var tools = await ToolsAsync();
        var changes = Adding(Node("web", 1) with { TakesUserData = false });

        await RunAsync(new CreateBootScript(tools), changes);
        await RunAsync(new CreateBootScript(tools), changes, again: true);

        Assert.Equal(Cluster.OwnerTag, Assert.Single(cloud.StackScripts).Description);
        Assert.Empty(new CreateBootScript(tools).StepsFor(Adding(Node("web", 1))));
    }

    [Fact]
    public async Task A_StackScript_of_the_plan_goes_with_what_closes_the_node_or_alone_and_secrets_stand_in_its_data_only()
    {
        var (tools, older) = (await ToolsAsync(), Node("web", 1) with { TakesUserData = false });
        var newer = Node("web", 2);
        await tools.Secrets.SetAsync("db", new("hush"), default);
        var action = new ResolvedAction(Transition.FirstBoot, "stackscript", "setup.sh")
        {
            Text = "#!/bin/sh\n# <UDF name='DB' label='' />\n", With = new Dictionary<string, string> { ["DB"] = "secret:db", ["SITE"] = "shop" },
        };
        var plan = Plan([older, newer]);
        plan = plan with { Regions = [plan.Regions[0] with { Groups = [plan.Regions[0].Groups[0] with { Actions = [action] }] }] };
        var changes = ChangePlanner.Additions(Cluster, plan, [], []);

        await RunAsync(new CreateBootScript(tools), changes);
        var (first, second) = (
            await FirstBoots.ScriptAsync(tools, older, changes.RidersOf(older), default), await FirstBoots.ScriptAsync(tools, newer, changes.RidersOf(newer), default));

        Assert.Equal(2, cloud.StackScripts.DistinctBy(script => script.Label).Count());
        Assert.Equal(["DB", "LCT_HARDEN", "LCT_HOST_KEY", "SITE"], first!.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["DB hush", "SITE shop"], second!.Data.Select(pair => $"{pair.Key} {pair.Value.Reveal()}").Order(StringComparer.Ordinal));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(2, ChangePlanner.Everything(Cluster, plan, [], tools.Book.Resources, false).RemovedResources.Count);
        Assert.Empty(ChangePlanner.Additions(Cluster, plan, [], tools.Book.Resources).MissingScripts);
    }

    [Fact]
    public async Task The_host_key_a_new_node_will_show_is_on_its_record_and_what_it_made_of_itself_is_kept()
    {
        var (tools, node) = (await ToolsAsync(Node("web", 1).Record(NodeState.Planned)), Node("web", 1));

        var known = await FirstBoots.KnownAsync(tools, node, tools.Book.Node(node.Key), default);

        var host = (await tools.Credentials.Identities.FirstAsync("web-1", "us-east", "web", default)).Host.Public;
        Assert.Equal([$"{host.Type} {host.Body}"], known.HostKeys);
        Assert.Equal(("lctadmin", HostKeyOrigin.Injected), (known.Login, known.HostKeyOrigin));
        var grown = known with { HostKeys = ["ssh-ed25519 AAAA"] };
        Assert.Same(grown, await FirstBoots.KnownAsync(tools, node, grown, default));
    }

    private Task<ProvisioningTools> ToolsAsync(params NodeRecord[] nodes) => Tools.OfAsync(cloud, TimeProvider.System, nodes);

    private static async Task RunAsync(CreateBootScript part, ChangeSet changes, bool again = false)
    {
        foreach (var step in part.StepsFor(changes))
        {
            await step.Work!(new StepContext(again, 1, _ => { }), default);
        }
    }
}
