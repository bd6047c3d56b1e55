using System.Net;
using LinodeEmulator.Faults;

namespace LinodeEmulator.Tests.Faults;

/// <summary>Troubles of Linodes and volumes that nothing in the cloud explains.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task Is_busy_a_few_times_and_then_works()
    {
        await using var cloud = With("busy times=2 label=web-1");
        var (one, two) = (await cloud.CreateNodeAsync("web-1"), await cloud.CreateNodeAsync("web-2"));
        cloud.Pass(200);
        await cloud.SucceedAsync("PUT", $"linode/instances/{one}", """{"tags":["red"]}""");
        await cloud.SucceedAsync("POST", $"linode/instances/{two}/reboot");
        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{one}/shutdown")).Refusal);
        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{one}/disks", """{"label":"data","size":100}""")).Refusal);
        await cloud.SucceedAsync("POST", $"linode/instances/{one}/shutdown");
        await cloud.SucceedAsync("DELETE", $"linode/instances/{one}");
    }

    [Fact]
    public async Task Is_busy_with_a_volume_in_the_words_for_volumes()
    {
        await using var cloud = With("busy label=data");
        var volume = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Id;
        cloud.Pass(60);
        Assert.Equal(
            "400 This volume is busy; please try again when the volume is active.",
            (await cloud.PostAsync($"volumes/{volume}/resize", """{"size":40}""")).Refusal);
        Assert.Equal(20, (int)(await cloud.GetAsync($"volumes/{volume}")).Json["size"]!);
    }

    [Fact]
    public async Task Is_busy_for_whatever_request_a_rule_names()
    {
        await using var cloud = With("busy on DELETE /linode/instances/* times=1");
        var id = await cloud.CreateNodeAsync("web-1");
        Assert.Equal("400 Linode busy.", (await cloud.DeleteAsync($"linode/instances/{id}")).Refusal);
        await cloud.SucceedAsync("DELETE", $"linode/instances/{id}");
    }

    [Fact]
    public async Task Refuses_to_attach_and_leaves_nothing_behind()
    {
        await using var cloud = With("attach-refused times=2");
        var id = await cloud.CreateNodeAsync("web-1");
        var volume = (await cloud.SucceedAsync("POST", "volumes", """{"label":"data","region":"us-east"}""")).Id;
        var attach = $$"""{"linode_id":{{id}}}""";
        Assert.Equal("400 The volume could not be attached to the Linode", (await cloud.PostAsync($"volumes/{volume}/attach", attach)).Refusal);
        Assert.Equal(
            "400 The volume could not be attached to the Linode",
            (await cloud.PostAsync("volumes", $$"""{"label":"more","linode_id":{{id}}}""")).Refusal);
        Assert.Null(Assert.Single((await cloud.GetAsync("volumes")).Data)["linode_id"]);
        await cloud.SucceedAsync("POST", $"volumes/{volume}/attach", attach);
    }

    [Theory]
    [InlineData("disk_create")]
    [InlineData("linode_create")]
    [InlineData("volume_create")]
    [InlineData("linode_delete")]
    public async Task Makes_all_work_slow_but_boots(string action)
    {
        await using var plain = With();
        await using var slow = With("slow-job=10");
        Assert.InRange(await SecondsAsync(slow, action) / await SecondsAsync(plain, action), 7, 11);
        Assert.Equal(await SecondsAsync(plain, "linode_boot", "web-2"), await SecondsAsync(slow, "linode_boot", "web-2"));

        static async Task<double> SecondsAsync(TestCloud cloud, string action, string label = "web-1")
        {
            var id = await cloud.CreateNodeAsync(label);
            cloud.Pass(3000);
            await cloud.SucceedAsync("POST", "volumes", $$"""{"label":"of-{{label}}","region":"us-east"}""");
            var swap = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data[1]["id"];
            await cloud.SucceedAsync("POST", $"linode/instances/{id}/shutdown");
            cloud.Pass(3000);
            await cloud.SucceedAsync("DELETE", $"linode/instances/{id}/disks/{swap}");
            cloud.Pass(3000);
            await cloud.SucceedAsync("POST", $"linode/instances/{id}/disks", """{"label":"data","size":100}""");
            cloud.Pass(3000);
            await cloud.SucceedAsync("DELETE", $"linode/instances/{id}");
            cloud.Pass(3000);
            return (double)(await cloud.GetAsync("account/events", $$"""{"action":"{{action}}"}""")).Data[^1]["duration"]!;
        }
    }

    [Fact]
    public async Task Says_nothing_of_late_SSH_in_the_API()
    {
        await using var cloud = With("ssh-late=5m");
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        Assert.Equal("running", await cloud.StatusOfAsync(id));
        Assert.Equal(HttpStatusCode.OK, (await cloud.PostAsync($"linode/instances/{id}/reboot")).Status);
    }

    private static TestCloud With(params string[] specs) => new(new EmulatorOptions { Faults = [.. specs.Select(FaultSpec.Parse)] });
}
