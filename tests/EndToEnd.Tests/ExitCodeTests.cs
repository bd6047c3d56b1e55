namespace EndToEnd.Tests;

/// <summary>Every exit code scripts may see, reached by a run that deserves it; 130 and 143 are in <see cref="InterruptTests"/>.</summary>
public sealed class ExitCodeTests
{
    [Fact]
    public async Task Ends_with_0_when_done_and_when_there_is_nothing_to_do()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);

        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        (await desk.RunAsync("cluster", "plan", "web", "plan.yaml", "--exit-code")).Ended(0);
    }

    [Theory]
    [InlineData("clustr list")]
    [InlineData("cluster create")]
    [InlineData("cluster list --no-such-option")]
    [InlineData("cluster list -o purple")]
    [InlineData("cluster wait web --for nothing")]
    public async Task Ends_with_2_where_the_command_line_is_wrong(string line)
    {
        await using var desk = await Desk.SitDownAsync();

        var wrong = (await desk.RunAsync(line.Split(' '))).Ended(2);

        Assert.StartsWith("error LCT1", wrong.Error);
        Assert.Matches("(fix|why): ", wrong.Error);
        Assert.Empty(wrong.Out);
    }

    [Fact]
    public async Task Ends_with_3_where_a_plan_is_wrong()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 0);

        Assert.Contains("error LCT2031: ", (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(3).Error);
    }

    [Fact]
    public async Task Ends_with_4_without_a_token_with_a_refused_one_and_with_one_that_may_not()
    {
        await using var desk = await Desk.SitDownAsync("--token", "a-revoked-token=revoked", "--token", "a-token-of-readers=linodes:read_only");
        desk.Expose(
            leak => leak.Contains("/linode-emulator)", StringComparison.Ordinal), "the emulator is told of tokens on its command line, by this test");
        desk.WritePlan("plan.yaml", 1);

        desk.Environment["LINODETOOL_TOKEN"] = null;
        Assert.Contains("error LCT3001: ", (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(4).Error);
        foreach (var token in new[] { "a-revoked-token", "a-token-of-readers" })
        {
            desk.Environment["LINODETOOL_TOKEN"] = token;
            Assert.Contains("error LCT3", (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(4).Error);
        }

        Assert.DoesNotContain(await desk.Cloud.WritesAsync(), request => request.Status == 200);
    }

    [Fact]
    public async Task Ends_with_5_where_a_name_is_unknown_or_fits_several()
    {
        await using var desk = await Desk.SitDownAsync();

        Assert.Contains("error LCT4", (await desk.RunAsync("cluster", "show", "no-such")).Ended(5).Error);
        Assert.Contains("error LCT4", (await desk.RunAsync("node", "create", "atlantis", "1gb", "debian 12")).Ended(5).Error);
        var several = (await desk.RunAsync("node", "create", "newark", "1gb", "ubuntu")).Ended(5);
        Assert.Matches("error LCT4003: image \"ubuntu\" fits [0-9]+ images", several.Error);
        Assert.Empty(await desk.Cloud.WritesAsync());
    }

    [Fact]
    public async Task Ends_with_6_where_the_network_does_not_answer()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("regions", "-q")).Ended(0);
        desk.Environment["LINODETOOL_API_URL"] = "http://127.0.0.1:9"; // nobody listens there

        Assert.Contains("error LCT5", (await desk.RunAsync("regions", "--refresh")).Ended(6).Error);
    }

    [Fact]
    public async Task Ends_with_7_where_steps_failed_and_goes_on_from_there()
    {
        await using var desk = await Desk.SitDownAsync("--fault", "quota=3");
        desk.WritePlan("plan.yaml", 5);

        var failed = (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(7);
        Assert.Empty(failed.Out);
        Assert.Contains("3 of 5 nodes", failed.Error);
        Assert.Equal(3, (await desk.Cloud.ListAsync("linode/instances")).Count);

        await desk.Cloud.MendAsync();
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        Assert.Equal(5, (await desk.Cloud.ListAsync("linode/instances")).DistinctBy(node => (string)node["label"]!).Count());
    }

    [Fact]
    public async Task Ends_with_8_where_a_wait_is_too_short()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);

        (await desk.RunAsync("cluster", "wait", "web", "--for", "created", "--timeout", "1s")).Ended(0);
        (await desk.RunAsync("cluster", "wait", "web", "--for", "deleted", "--timeout", "1s")).Ended(8);
    }

    [Fact]
    public async Task Ends_with_9_where_agreement_is_needed_and_nobody_can_be_asked()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 2);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml", "--max-monthly-cost", "1")).Ended(9);
        Assert.Empty(await desk.Cloud.WritesAsync());
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml", "--max-monthly-cost", "10")).Ended(0);

        Assert.Contains("--yes", (await desk.RunAsync("cluster", "delete", "web")).Ended(9).Error);
        Assert.Contains("--yes", (await desk.RunAsync("node", "delete", "web-us-east-web-1")).Ended(9).Error);
        Assert.Equal(2, (await desk.Cloud.ListAsync("linode/instances")).Count);
    }

    [Fact]
    public async Task Ends_with_10_where_a_difference_was_asked_for_and_there_is_one()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);

        (await desk.RunAsync("cluster", "plan", "web", "plan.yaml", "--exit-code")).Ended(10);
        (await desk.RunAsync("cluster", "plan", "web", "plan.yaml")).Ended(0);
        Assert.Empty(await desk.Cloud.WritesAsync());
    }

    [Fact]
    public async Task Ends_with_12_where_a_file_is_missing_broken_or_open_to_others()
    {
        await using var desk = await Desk.SitDownAsync();
        Assert.Contains("error LCT7", (await desk.RunAsync("plan", "validate", "no-such-file.yaml")).Ended(12).Error);
        (await desk.RunAsync("cluster", "list")).Ended(0);
        var inventory = Path.Combine(desk.Kept, "data", "inventory.db");

        File.SetUnixFileMode(inventory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("chmod 0600", (await desk.RunAsync("cluster", "list")).Ended(12).Error);

        File.SetUnixFileMode(inventory, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(inventory, "this is no database, and was never one; it is only long enough to be taken for one");
        Assert.Contains("error LCT7", (await desk.RunAsync("cluster", "list")).Ended(12).Error);
    }
}
