using LinodeEmulator.Faults;

namespace LinodeEmulator.Tests.Faults;

/// <summary>When faults are lifted nothing of them is met by later work.</summary>
public sealed class AftermathTests
{
    [Fact]
    public async Task A_boot_that_would_never_have_ended_takes_its_time_from_then_on()
    {
        await using var cloud = With("endless-boot");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(5000);
        Assert.Equal("booting", await cloud.StatusOfAsync(id));
        await cloud.DeleteAsync("/_emulator/faults");
        cloud.Pass(5);
        Assert.Equal("booting", await cloud.StatusOfAsync(id));
        cloud.Pass(85);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
        Assert.Equal("linode_boot finished", (await cloud.EventsOfAsync(id))[^1]);
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/reboot");
    }

    [Theory]
    [InlineData("slow-boot=100")]
    [InlineData("failed-boot")]
    [InlineData("host-gone")]
    [InlineData("slow-job=100")]
    public async Task Work_that_is_open_ends_as_it_would_have_without_them(string spec)
    {
        await using var cloud = With(spec);
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(10);
        await cloud.DeleteAsync("/_emulator/faults");
        cloud.Pass(200);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task A_lost_host_is_there_again_and_its_node_can_be_booted()
    {
        await using var cloud = With("host-gone", "quota=1");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        Assert.Equal("offline", await cloud.StatusOfAsync(id));
        await cloud.DeleteAsync("/_emulator/faults/1");
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/boot");
        cloud.Pass(200);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
        Assert.Equal(
            "400 Account Limit reached. Please open a support ticket.", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-2"))).Refusal);
    }

    [Fact]
    public async Task Nobody_comes_to_the_console_and_there_is_room_again()
    {
        await using var cloud = With("console=delete", "quota=1", "sold-out");
        await cloud.DeleteAsync("/_emulator/faults/3");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(5);
        await cloud.DeleteAsync("/_emulator/faults");
        Assert.Equal(2, (int)(await cloud.GetAsync("/_emulator/status")).Json["counts"]!["open_jobs"]!);
        await cloud.CreateNodeAsync("web-2");
        cloud.Pass(1000);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task A_rule_that_stands_is_not_lifted_with_another()
    {
        await using var cloud = With("endless-boot", "failed-boot label=db-*");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(100);
        await cloud.DeleteAsync("/_emulator/faults/2");
        cloud.Pass(500);
        Assert.Equal("booting", await cloud.StatusOfAsync(id));
    }

    private static TestCloud With(params string[] specs) => new(new EmulatorOptions { Faults = [.. specs.Select(FaultSpec.Parse)] });
}
