using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Clusters.Imports;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>What version 3 of the API, which has no tags, makes of an import.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class ImportV3Tests
{
    [Fact]
    public async Task Nodes_are_taken_up_by_their_display_group_which_the_mark_replaces_as_is_said_before()
    {
        await using var world = Old();
        foreach (var label in new[] { "old1", "old2" })
        {
            await world.BehindItsBackAsync(HttpMethod.Post, "linode/instances", $$"""
                { "label": "{{label}}", "region": "us-east", "type": "g6-nanode-1", "group": "legacy" }
                """);
        }

        var preview = await world.Time.RunAsync(() => world.Toolkit.PreviewImportAsync(new("old", "legacy")));
        var view = await world.Time.RunAsync(() => world.Toolkit.ImportAsync(preview));

        Assert.Equal((2, 2), (preview.Taken.Count, preview.ToMark.Count));
        Assert.Contains(preview.Notes, note => note.Contains("takes the place of the display group", StringComparison.Ordinal));
        Assert.All(await world.GetAsync("linode/instances"), node => Assert.Equal(view.Cluster.OwnerTag, node.GetProperty("group").GetString()));
        Assert.Equal(["us-east/old/1", "us-east/old/2"], view.Nodes.Select(node => node.Key));

        // Nothing has that group any more, and the same import is known all the same.
        var again = await world.Time.RunAsync(() => world.Toolkit.PreviewImportAsync(new("old", "legacy")));
        Assert.Equal((ImportSituation.Finished, 2, 0), (again.Situation, again.Taken.Count, again.ToMark.Count));
    }

    [Fact]
    public async Task A_state_of_Terraform_is_refused_since_marks_would_change_labels()
    {
        await using var world = Old();
        var state = new StateMaker().Add("linode_instance", "web", [StateMaker.Gone(7, "web")]).Text();

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(
            () => world.Time.RunAsync(() => world.Toolkit.PreviewImportAsync(new("old") { Terraform = new("state.json", state) })));

        Assert.Equal("LCT1082", refused.Problem.Code);
    }

    private static World Old() => new(with: options => options with { Api = ApiGeneration.V3, ApiKey = () => new Sensitive("a-token-for-tests") });
}
