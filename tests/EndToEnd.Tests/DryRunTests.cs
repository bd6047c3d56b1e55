namespace EndToEnd.Tests;

/// <summary>Looking changes nothing; the cloud's own log is the witness.</summary>
public sealed class DryRunTests
{
    [Theory]
    [InlineData("cluster create shop SHOP --dry-run")]
    [InlineData("cluster plan shop SHOP")]
    [InlineData("plan show SHOP --cost")]
    [InlineData("plan expand SHOP")]
    [InlineData("plan validate SHOP")]
    [InlineData("node create newark 1gb debian12 --dry-run")]
    public async Task A_preview_sends_no_write_and_leaves_no_cluster_behind(string line)
    {
        await using var desk = await Desk.SitDownAsync();

        var shown = (await desk.RunAsync(line.Replace("SHOP", Desk.Shipped("ha-wordpress.yaml"), StringComparison.Ordinal).Split(' '))).Ended(0);

        Assert.NotEmpty(shown.Out);
        Assert.Empty(await desk.Cloud.WritesAsync());
        Assert.Equal("[]", (await desk.RunAsync("cluster", "list", "-o", "json")).Ended(0).Out.Trim());
    }

    [Fact]
    public async Task A_dry_delete_says_what_would_be_lost_and_deletes_nothing()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 2);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        var before = (await desk.Cloud.WritesAsync()).Count;

        var cluster = (await desk.RunAsync("cluster", "delete", "web", "--dry-run")).Ended(0);
        var node = (await desk.RunAsync("node", "delete", "web-us-east-web-1", "--dry-run")).Ended(0);

        Assert.Contains("web", cluster.Out + cluster.Error);
        Assert.Contains("web-us-east-web-1", node.Out + node.Error);
        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);
    }
}
