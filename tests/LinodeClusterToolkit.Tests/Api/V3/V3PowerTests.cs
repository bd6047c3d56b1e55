using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3PowerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task What_a_node_is_doing_is_told_while_its_job_runs_and_what_became_of_it_after() => V3World.RunAsync(async world =>
    {
        var (node, config) = await world.LaidOutAsync();
        Assert.Equal("offline", await StatusAsync(world.Cloud, node));

        await world.Cloud.BootNodeAsync(node, config, None);
        Assert.Equal("booting", await StatusAsync(world.Cloud, node));
        var booted = await world.Cloud.Events.WaitAsync(node, "linode_boot", null, None);
        Assert.Equal((node, "linode_boot", "finished"), (booted.EntityId, booted.Action, booted.Status));
        Assert.True(booted.Seconds > 0);
        Assert.Equal("running", await StatusAsync(world.Cloud, node));

        await world.Cloud.RebootNodeAsync(node, None);
        Assert.Equal("rebooting", await StatusAsync(world.Cloud, node));
        await world.Cloud.Events.WaitAsync(node, "linode_reboot", null, None);
        Assert.Equal("running", await StatusAsync(world.Cloud, node));

        await world.Cloud.ShutDownNodeAsync(node, None);
        Assert.Equal("shutting_down", await StatusAsync(world.Cloud, node));
        await world.Cloud.Events.WaitAsync(node, "linode_shutdown", null, None);
        Assert.Equal("offline", await StatusAsync(world.Cloud, node));
    });

    [Fact]
    public Task A_job_that_ends_while_it_is_looked_at_is_told_with_what_became_of_it() =>
        V3World.RunAsync(new EmulatorOptions { Latency = LatencyProfile.Fast }, async world =>
        {
            var (node, config) = await world.LaidOutAsync();
            await world.Cloud.BootNodeAsync(node, config, None);
            world.Before("linode.job.list", () => world.PassAsync(TimeSpan.FromSeconds(20))); // the row was read, and is of before

            Assert.Equal("running", await StatusAsync(world.Cloud, node));
        });

    [Fact]
    public Task A_node_that_goes_while_its_job_is_looked_at_hides_no_other() => V3World.RunAsync(async world =>
    {
        var (going, _) = await world.LaidOutAsync("web-1");
        var (staying, config) = await world.LaidOutAsync("web-2");
        await world.Cloud.ShutDownNodeAsync(going, None);
        await world.Cloud.BootNodeAsync(staying, config, None);
        world.Before("linode.job.list", () => world.Console.SendAsync(new DeleteLinode(going, SkipChecks: true)));

        var listed = await world.Cloud.ListNodesAsync(new(Tag: V3World.Owner), None).AllAsync();

        Assert.Equal("booting", listed.Single(node => node.Id == staying).Status);
        Assert.Equal([staying], (await world.Cloud.ListNodesAsync(new(Tag: V3World.Owner), None).AllAsync()).Select(node => node.Id));
    });

    [Fact]
    public Task A_wait_ends_with_the_job_and_not_before() => V3World.RunAsync(async world =>
    {
        var (node, config) = await world.LaidOutAsync();
        await world.Cloud.BootNodeAsync(node, config, None);
        await world.Cloud.Events.WaitAsync(node, "linode_boot", null, None);
        var ended = (await world.Console.SendAsync(new ListJobs(node))).First(job => job.Action == "linode.boot").Finished;
        Assert.InRange(world.Time.GetUtcNow() - ended!.Value, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(15));
    });

    [Fact]
    public Task Another_process_waits_for_what_it_did_not_ask_for_itself() => V3World.RunAsync(async world =>
    {
        var (node, config) = await world.LaidOutAsync();
        await world.Cloud.BootNodeAsync(node, config, None);
        Assert.True(await world.Other.Events.CoversAsync(node, None));

        var booted = await world.Other.Events.WaitAsync(node, "linode_boot", null, None);

        Assert.Equal("running", await StatusAsync(world.Other, node));
        Assert.Equal((await world.Console.SendAsync(new ListJobs(node))).First(job => job.Action == "linode.boot").JobId, booted.Id);
        var made = await world.Other.Events.WaitAsync(node, "disk_create", 1, None);
        Assert.Equal((await world.Console.SendAsync(new ListJobs(node))).First(job => job.Action == "fs.create").JobId, made.Id);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_boot_that_failed_is_told_in_the_cloud_s_words(bool byAnother) => V3World.RunAsync(
        async world =>
        {
            var (node, config) = await world.LaidOutAsync();
            await world.Cloud.BootNodeAsync(node, config, None);

            var failure = await Assert.ThrowsAsync<LinodeApiException>(
                () => (byAnother ? world.Other : world.Cloud).Events.WaitAsync(node, "linode_boot", null, None));

            var job = (await world.Console.SendAsync(new ListJobs(node))).First(one => one.Action == "linode.boot");
            Assert.Equal((ApiFailure.JobFailed, "LCT5042", $"Linode {node}"), (failure.Failure, failure.Problem.Code, failure.Problem.Where));
            Assert.Equal((false, "System Boot - boot"), (job.Success, job.Label));
            Assert.Equal(
                $"job {job.JobId} ({job.Label}) did not succeed{(job.Message.Length == 0 ? "" : $": \"{job.Message}\"")}", failure.Problem.Why);
            Assert.Equal("offline", await StatusAsync(world.Cloud, node));
        },
        "failed-boot");

    private static async Task<string?> StatusAsync(ILinodeCloud cloud, long node) => (await cloud.FindNodeAsync(node, default))?.Status;
}
