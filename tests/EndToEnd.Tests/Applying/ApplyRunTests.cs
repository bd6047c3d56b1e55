namespace EndToEnd.Tests.Applying;

/// <summary>Applying as a run: nothing to do costs nothing, what fails is gone on with, and nobody loses anything unasked.</summary>
public sealed class ApplyRunTests
{
    [Fact]
    public async Task The_shop_applied_unchanged_sends_no_write_and_a_handful_of_reads()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("cluster", "create", "shop", Desk.Shipped("ha-wordpress.yaml"))).Ended(0);
        var shortest = (await desk.RunAsync("version")).Ended(0).Elapsed.TotalMilliseconds;
        var before = (await desk.Cloud.RequestsAsync()).Count;

        var applied = (await desk.RunAsync("cluster", "apply", "shop", Desk.Shipped("ha-wordpress.yaml"))).Ended(0);

        var sent = (await desk.Cloud.RequestsAsync()).Skip(before).ToList();
        Assert.Contains("nothing to do", applied.Out);
        Assert.DoesNotContain(sent, request => request.Method != "GET");
        Assert.InRange(sent.Count, 1, 20);
        var most = 2000 * Math.Max(1, shortest / 120); // on a busy machine in proportion to what the shortest command takes there
        Assert.True(applied.Elapsed.TotalMilliseconds <= most, $"{applied.Elapsed.TotalMilliseconds:0} ms, accepted {most:0}");
    }

    [Fact]
    public async Task A_dry_run_sends_no_write_and_changes_no_plan()
    {
        await using var desk = await StandingAsync(2);
        desk.Write("after.yaml", NodeEditTests.Plan("count: 3, tags: [two]"));
        var writes = (await desk.Cloud.WritesAsync()).Count;

        var apply = (await desk.RunAsync("cluster", "apply", "shop", "after.yaml", "--dry-run")).Ended(0);
        var scale = (await desk.RunAsync("cluster", "scale", "shop", "web=1", "--dry-run")).Ended(0);

        Assert.Contains("1 to add, 2 in place", apply.Out);
        Assert.Contains("1 to remove", scale.Out);
        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
        (await desk.RunAsync("cluster", "plan", "shop", "before.yaml", "--exit-code")).Ended(0);
    }

    [Theory]
    [InlineData("cluster apply shop fewer.yaml --prune")]
    [InlineData("cluster apply shop image.yaml --rebuild")]
    [InlineData("cluster scale shop web=1")]
    [InlineData("cluster scale shop --remove shop-us-east-web-1")]
    public async Task What_is_lost_needs_a_yes(string line)
    {
        await using var desk = await StandingAsync(2);
        desk.Write("fewer.yaml", NodeEditTests.Plan("count: 1"));
        desk.Write("image.yaml", NodeEditTests.Plan("count: 2").Replace("debian 12", "debian 11", StringComparison.Ordinal));
        var writes = (await desk.Cloud.WritesAsync()).Count;

        var refused = (await desk.RunAsync(line.Split(' '))).Ended(9);

        Assert.Contains("--yes", refused.Error);
        Assert.Contains("LOSES DATA", refused.Error);
        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("retry")]
    public async Task An_apply_that_failed_is_gone_on_with(string verb)
    {
        await using var desk = await StandingAsync(2);
        desk.Write("after.yaml", NodeEditTests.Plan("count: 4, tags: [two]"));
        await desk.Cloud.FaultAsync("quota=3");
        (await desk.RunAsync("cluster", "apply", "shop", "after.yaml", "--yes")).Ended(7);
        await desk.Cloud.MendAsync();

        (await desk.RunAsync("cluster", verb, "shop")).Ended(0);

        Assert.Equal(4, (await desk.Cloud.ListAsync("linode/instances")).Count);
        (await desk.RunAsync("cluster", "plan", "shop", "after.yaml", "--exit-code")).Ended(0);
    }

    [Fact]
    public async Task Another_plan_after_one_that_failed_finds_what_that_one_left_half_done()
    {
        const string users = "users:\n  ops: { users: [{ name: deploy, login: no }] }\n";
        await using var desk = await StandingAsync(2);
        desk.Write("failing.yaml", NodeEditTests.Plan("count: 4, users: [ops]") + users);
        await desk.Cloud.FaultAsync("quota=2");
        (await desk.RunAsync("cluster", "apply", "shop", "failing.yaml", "--yes")).Ended(7);
        await desk.Cloud.MendAsync();

        // Back to what it was: whom the failed run may have let in goes out again.
        await Edits.ProveAsync(desk, "before.yaml", ["node.remove", "node.users"], "--prune");

        Assert.Equal(2, (await desk.Cloud.ListAsync("linode/instances")).Count);
    }

    [Fact]
    public async Task Where_somebody_changes_the_cluster_while_it_is_asked_for_nothing_is_done()
    {
        await using var desk = await StandingAsync(2);
        desk.Write("after.yaml", NodeEditTests.Plan("count: 3"));
        await desk.Cloud.FaultAsync("delay=3s on GET /networking/firewalls");
        using var running = desk.Start("cluster", "apply", "shop", "after.yaml", "--yes");
        await running.SaidAsync("1 to add");
        var node = (await desk.Cloud.ListAsync("linode/instances"))[0];
        await desk.Cloud.SendAsync("PUT", $"/v4/linode/instances/{node["id"]}", """{"tags":["somebodys"]}""");

        Assert.Contains("error LCT4046: ", (await running.EndAsync()).Ended(5).Error);
        Assert.Equal(2, (await desk.Cloud.ListAsync("linode/instances")).Count);
    }

    [Fact]
    public async Task A_node_taken_out_comes_back_under_its_number_with_the_volume_that_was_kept_and_nobody_is_renamed()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Write("before.yaml", NodeEditTests.Plan("count: 3, storage: all") + "storage: { all: [{ label: data, size: 20GB, type: blockstore }] }\n");
        (await desk.RunAsync("cluster", "create", "shop", "before.yaml")).Ended(0);
        var volume = (await desk.Cloud.ListAsync("volumes")).Single(one => (string?)one["label"] == "shop-us-east-web-2-data");

        (await desk.RunAsync("cluster", "scale", "shop", "--remove", "shop-us-east-web-2", "--keep-volumes", "--yes")).Ended(0);
        Assert.Equal(["shop-us-east-web-1", "shop-us-east-web-3"], await LabelsAsync(desk));
        (await desk.RunAsync("cluster", "scale", "shop", "web=3", "--yes")).Ended(0);
        Assert.Equal(["shop-us-east-web-1", "shop-us-east-web-3", "shop-us-east-web-4"], await LabelsAsync(desk));
        (await desk.RunAsync("cluster", "scale", "shop", "--insert", "shop-us-east-web-2", "--yes")).Ended(0);

        Assert.Equal(["shop-us-east-web-1", "shop-us-east-web-2", "shop-us-east-web-3", "shop-us-east-web-4"], await LabelsAsync(desk));
        var back = (await desk.Cloud.ListAsync("volumes")).Single(one => (string?)one["label"] == "shop-us-east-web-2-data");
        var node = (await desk.Cloud.ListAsync("linode/instances")).Single(one => (string?)one["label"] == "shop-us-east-web-2");
        Assert.Equal(((long)volume["id"]!, (long)node["id"]!), ((long)back["id"]!, (long)back["linode_id"]!));
        Assert.Contains("LCT4047", (await desk.RunAsync("cluster", "scale", "shop", "--insert", "shop-us-east-web-3")).Ended(5).Error);
    }

    private static async Task<Desk> StandingAsync(int count)
    {
        var desk = await Desk.SitDownAsync();
        desk.Write("before.yaml", NodeEditTests.Plan($"count: {count}"));
        (await desk.RunAsync("cluster", "create", "shop", "before.yaml")).Ended(0);
        return desk;
    }

    private static async Task<IEnumerable<string>> LabelsAsync(Desk desk) =>
        (await desk.Cloud.ListAsync("linode/instances")).Select(node => (string)node["label"]!).Order(StringComparer.Ordinal);
}
