using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tests.Configuration;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>Images of nodes, through the front door.</summary>
public sealed class ImageDeskTests : IAsyncLifetime
{
    private readonly FrontDoor door = new();
    private readonly ScriptedShell shell = new();
    private readonly List<string> told = [];
    private LinodeToolkit toolkit = null!;

    public async Task InitializeAsync()
    {
        toolkit = door.Open(shell);
        await door.CreateAsync("shop", "[{ name: web, count: 2, type: g6-nanode-1, image: debian12 }]");
        door.Cloud.Disks.AddRange([new(901, "Debian 12 Disk", "ready", "ext4", 25_000), new(902, "swap", "ready", "swap", 512)]);
    }

    public async Task DisposeAsync()
    {
        await toolkit.DisposeAsync();
        await door.DisposeAsync();
    }

    [Fact]
    public async Task A_node_is_prepared_copied_and_tidied_up_and_the_same_request_again_makes_no_second_image()
    {
        var made = await MakeAsync(1, "golden");
        var again = await MakeAsync(1, "golden");

        var image = Assert.Single(door.Cloud.Images);
        Assert.Equal((image.Id, image.Id, true), (made.Image.Id, again.Image.Id, made.IsOurs && made.Image.HasCloudInit));
        Assert.Equal((await NodeAsync(1)).LinodeId, made.NodeId);
        Assert.Equal(2, shell.Scripts.Count);
        Assert.Contains("\nseal\n", shell.Scripts[0], StringComparison.Ordinal);
        Assert.Contains("\nunseal\n", shell.Scripts[1], StringComparison.Ordinal);
        Assert.Contains("there already", told[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_whose_answer_got_lost_is_found_again_or_made_then(bool wasHeard)
    {
        var calls = 0;
        void Lose(string call)
        {
            if (call == "image golden" && ++calls == 1)
            {
                throw new LinodeApiException(ApiFailure.AnswerLost, new Problem("LCT5006", "lost"));
            }
        }

        _ = wasHeard ? door.Cloud.After = Lose : door.Cloud.Before = Lose;

        var made = await MakeAsync(1, "golden");

        Assert.Equal(made.Image.Id, Assert.Single(door.Cloud.Images).Id);
        Assert.Equal(wasHeard ? 1 : 2, calls);
    }

    [Fact]
    public async Task A_node_that_is_to_stop_is_off_while_it_is_copied_and_runs_again_also_when_that_fails()
    {
        var id = (await NodeAsync(1)).LinodeId;
        var preview = await toolkit.PreviewImageAsync(new(await NodeAsync(1), "golden") { Stop = true });
        var status = "";
        door.Cloud.Before = call => status = call == "image golden" ? door.Cloud.Nodes.Single(node => node.Id == id).Status : status;
        await toolkit.CreateImageAsync(preview);
        Assert.Equal("offline", status);
        Assert.Equal("running", door.Cloud.Nodes.Single(node => node.Id == id).Status);

        door.Cloud.Before = call => _ = call == "image other" ? throw new LinodeApiException(ApiFailure.Refused, new Problem("LCT5005", "no")) : 0;
        var other = await toolkit.PreviewImageAsync(new(await NodeAsync(1), "other") { Stop = true });
        await Assert.ThrowsAsync<LinodeApiException>(() => toolkit.CreateImageAsync(other));
        Assert.Equal("running", door.Cloud.Nodes.Single(node => node.Id == id).Status);
    }

    [Fact]
    public async Task A_label_is_one_images_and_an_image_one_disks()
    {
        await MakeAsync(1, "golden");
        var taken = await Assert.ThrowsAsync<LinodeToolkitException>(async () => await toolkit.PreviewImageAsync(new(await NodeAsync(2), "golden")));
        Assert.Equal("LCT4062", taken.Problem.Code);

        var many = await Assert.ThrowsAsync<LinodeToolkitException>(
            async () => await toolkit.PreviewImageAsync(new(await NodeAsync(1), "x") { Disk = "data" }));
        Assert.Equal("LCT4065", many.Problem.Code);
        Assert.Equal(901, (await toolkit.PreviewImageAsync(new(await NodeAsync(1), "x") { Disk = "901" })).Disk.Id);
    }

    [Fact]
    public async Task Of_a_node_that_is_off_only_one_as_it_is_can_be_had()
    {
        var at = door.Cloud.Nodes.FindIndex(node => node.Label.EndsWith("web-1", StringComparison.Ordinal));
        door.Cloud.Nodes[at] = door.Cloud.Nodes[at] with { Status = "offline" };

        var off = await Assert.ThrowsAsync<LinodeToolkitException>(async () => await toolkit.PreviewImageAsync(new(await NodeAsync(1), "golden")));
        Assert.Equal("LCT4066", off.Problem.Code);

        var preview = await toolkit.PreviewImageAsync(new(await NodeAsync(1), "golden") { AsIs = true });
        Assert.Equal(["LCT6022"], preview.Warnings.Select(warning => warning.Code));
        await toolkit.CreateImageAsync(preview);
        Assert.Empty(shell.Scripts);
    }

    [Fact]
    public async Task Plans_use_it_under_its_label_and_it_is_kept_while_they_do()
    {
        var made = await MakeAsync(1, "golden");
        await using var other = door.Open(new RecordingShell());
        Assert.Equal("done", (await other.CreateAsync(await PreviewAsync(other, "golden"), observer: null)).Outcome);
        Assert.Equal(made.Image.Id, door.Cloud.Nodes[^1].Image);

        Assert.Equal(["copies"], await toolkit.FindImageUsesAsync(made));
        var used = await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.DeleteImageAsync(made));
        Assert.Equal("LCT4064", used.Problem.Code);
        Assert.True(await toolkit.DeleteImageAsync(made, force: true));
        Assert.False(await toolkit.DeleteImageAsync(made));
        Assert.Empty(door.Cloud.Images);
    }

    [Fact]
    public async Task One_that_takes_no_user_data_is_no_good_for_plans()
    {
        door.Cloud.Images.Add(new("private/77", "unguarded", "available", 100, []));
        await using var other = door.Open(new RecordingShell());
        await other.GetCatalogAsync(refresh: true);

        var refused = await Assert.ThrowsAsync<PlanException>(() => PreviewAsync(other, "unguarded"));

        Assert.Equal("LCT2151", Assert.Single(refused.Problems).Code);
    }

    [Fact]
    public async Task What_was_made_elsewhere_is_shown_and_used_but_neither_changed_nor_deleted()
    {
        door.Cloud.Images.Add(new("private/77", "by-hand", "available", 100, ["mine"]) { Regions = [new("us-east", "available")] });

        var image = await toolkit.GetImageAsync("77");

        Assert.Equal(("by-hand", false), (image.Image.Label, image.IsOurs));
        foreach (var call in new Func<Task>[]
        {
            () => toolkit.DeleteImageAsync(image, force: true), () => toolkit.ChangeImageAsync(image, "x"), () => toolkit.ReplicateImageAsync(image, ["us-ord"]),
        })
        {
            Assert.Equal("LCT4063", (await Assert.ThrowsAsync<LinodeToolkitException>(call)).Problem.Code);
        }

        Assert.Single(door.Cloud.Images);
    }

    [Fact]
    public async Task It_comes_to_more_regions_and_stays_where_it_is()
    {
        var made = await MakeAsync(1, "golden");
        var there = await toolkit.ReplicateImageAsync(made, ["frankfurt"]);

        Assert.Equal("us-east eu-central", string.Join(' ', there.Image.Regions.Select(region => region.Region)));
        Assert.Equal("LCT4001", (await Assert.ThrowsAsync<LinodeToolkitException>(() => toolkit.ReplicateImageAsync(made, ["nowhere"]))).Problem.Code);
    }

    // Another toolkit than the one that made the door's clusters: that one has the catalogue of its first day in memory.
    private static Task<ClusterPreview> PreviewAsync(LinodeToolkit other, string image) => other.PreviewAsync(new("copies", new PlanSource("plan.yaml", null, $$"""
        version: 1
        regions:
        - region: us-east
          nodes: [{ name: app, type: g6-nanode-1, image: {{image}} }]
        """)));

    private async Task<OwnImage> MakeAsync(int node, string label) => await toolkit.CreateImageAsync(
        await toolkit.PreviewImageAsync(new ImageRequest(await NodeAsync(node), label)), (step, _) => told.Add(step));

    private async Task<NodeRecord> NodeAsync(int ordinal) =>
        await toolkit.ListNodesAsync(new NodeQuery("shop")).FirstAsync(node => node.Ordinal == ordinal);
}
