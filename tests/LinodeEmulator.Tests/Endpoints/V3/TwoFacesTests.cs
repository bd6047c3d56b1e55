namespace LinodeEmulator.Tests.Endpoints.V3;

/// <summary>One cloud, two faces.</summary>
public sealed class TwoFacesTests
{
    [Fact]
    public async Task What_v3_makes_is_seen_by_v4_with_its_events()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync("web-1");
        await cloud.DataAsync("linode.ip.addprivate", $"LinodeID={id}");
        Assert.Equal("provisioning", await cloud.StatusOfAsync(id));
        Assert.Equal("400 Linode busy.", (await cloud.PostAsync($"linode/instances/{id}/boot")).Refusal);
        cloud.Pass(400);
        var node = (await cloud.GetAsync($"linode/instances/{id}")).Json;
        Assert.Equal("web-1 running us-east g6-nanode-1", node.Told("label", "status", "region", "type"));
        Assert.Equal(2, node["ipv4"]!.AsArray().Count);
        Assert.Equal(
            [
                "linode_create finished", "disk_create finished", "disk_create finished", "linode_config_create notification", "linode_boot finished",
                "linode_addip notification",
            ],
            await cloud.EventsOfAsync(id));
        var disks = (await cloud.GetAsync($"linode/instances/{id}/disks")).Data;
        Assert.Equal(["root ext4 ready", "swap swap ready"], disks.Select(disk => $"{disk["label"]} {disk["filesystem"]} {disk["status"]}"));
        var config = (await cloud.GetAsync($"linode/instances/{id}/configs")).Data[0];
        Assert.Equal("linode/latest-64bit", (string)config["kernel"]!);
        Assert.Equal((long)disks[1]["id"]!, (long)config["devices"]!["sdb"]!["disk_id"]!);
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/shutdown");
        cloud.Pass(60);
        Assert.Equal(2, await cloud.OldStatusOfAsync(id));
    }

    [Fact]
    public async Task What_v4_makes_is_seen_by_v3_with_its_jobs()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("db-1", "\"image\":\"linode/ubuntu16.04lts\",\"group\":\"shop\",\"private_ip\":true");
        Assert.Equal(-1, await cloud.OldStatusOfAsync(id));
        cloud.Pass(200);
        var row = (await cloud.RowsAsync("linode.list", $"LinodeID={id}"))[0];
        Assert.Equal("db-1 shop 1 6 1 Ubuntu", row.Told("LABEL", "LPM_DISPLAYGROUP", "STATUS", "DATACENTERID", "PLANID", "DISTRIBUTIONVENDOR"));
        await cloud.SucceedAsync("POST", $"linode/instances/{id}/reboot");
        cloud.Pass(200);
        Assert.Equal(
            [
                "Linode Initial Configuration: 1", "System Boot - My Ubuntu 16.04 LTS Disk Profile: 1",
                "System Reboot - My Ubuntu 16.04 LTS Disk Profile: 1",
            ],
            await cloud.JobsOfAsync(id));
        Assert.Equal(["1", "0"], (await cloud.RowsAsync("linode.ip.list", $"LinodeID={id}")).Select(address => $"{address["ISPUBLIC"]}"));
        Assert.Equal("210", $"{(await cloud.RowsAsync("linode.config.list", $"LinodeID={id}"))[0]["KernelID"]}");
        await cloud.SucceedAsync("DELETE", $"linode/instances/{id}");
        Assert.Empty(await cloud.RowsAsync("linode.list"));
    }

    [Fact]
    public async Task Times_are_those_of_New_York_in_winter_and_in_summer()
    {
        await using var cloud = new TestCloud();
        await cloud.CreateOldAsync();
        cloud.Pass(TimeSpan.FromDays(181).TotalSeconds);
        await cloud.CreateOldAsync();
        Assert.Equal(
            ["2025-12-31 19:00:00.0", "2026-06-30 20:00:00.0"], (await cloud.RowsAsync("linode.list")).Select(row => (string)row["CREATE_DT"]!));
    }
}
