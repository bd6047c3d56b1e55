using System.Net;

namespace LinodeEmulator.Tests.Endpoints.V3;

public sealed class LinodeTests
{
    [Fact]
    public async Task A_new_one_is_brand_new_without_disks_and_has_one_public_address()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        var row = Assert.Single(await cloud.RowsAsync("linode.list"));
        Assert.Equal(
            $"{id} linode{id}  0 6 1 1024 25600 1 1 90 10000 10 10 80",
            row.Told(
                "LINODEID", "LABEL", "LPM_DISPLAYGROUP", "STATUS", "DATACENTERID", "PLANID", "TOTALRAM", "TOTALHD", "WATCHDOG", "ISKVM",
                "ALERT_CPU_THRESHOLD", "ALERT_DISKIO_THRESHOLD", "ALERT_BWIN_THRESHOLD", "ALERT_BWOUT_THRESHOLD", "ALERT_BWQUOTA_THRESHOLD"));
        Assert.Equal("1", Assert.Single(await cloud.RowsAsync("linode.ip.list", $"LinodeID={id}"))["ISPUBLIC"]!.ToJsonString());
        Assert.Empty(await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}"));
        cloud.Pass(60);
        Assert.Equal(0, await cloud.OldStatusOfAsync(id));
    }

    [Theory]
    [InlineData("web-1", "")]
    [InlineData("7up", "")]
    [InlineData("a_b-c", "")]
    [InlineData("ab", "8 Label must be 3 to 32 characters long")]
    [InlineData("a23456789-123456789-123456789-123", "8 Label must be 3 to 32 characters long")]
    [InlineData("web--1", "8 Label may hold")]
    [InlineData("web__1", "8 Label may hold")]
    [InlineData("-web", "8 Label may hold")]
    [InlineData("web-", "8 Label may hold")]
    [InlineData("web.1", "8 Label may hold")]
    public async Task Labels_follow_rules(string label, string refusal)
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        var errors = (await cloud.V3Async("linode.update", $"LinodeID={id}&Label={label}")).Errors;
        Assert.True(refusal.Length == 0 ? errors.Length == 0 : errors.StartsWith(refusal, StringComparison.Ordinal), errors);
    }

    [Fact]
    public async Task A_label_is_one_Linodes_alone_but_may_be_sent_again()
    {
        await using var cloud = new TestCloud();
        var first = await cloud.CreateOldAsync("web-1");
        var second = await cloud.CreateOldAsync("web-2");
        Assert.Equal(8, (await cloud.V3Async("linode.update", $"LinodeID={second}&Label=web-1")).Code);
        Assert.Equal(0, (await cloud.V3Async("linode.update", $"LinodeID={first}&Label=web-1&lpm_displayGroup=shop")).Code);
        Assert.Equal("shop", (string)(await cloud.RowsAsync("linode.list", $"LinodeID={first}"))[0]["LPM_DISPLAYGROUP"]!);
    }

    [Fact]
    public async Task A_label_that_looks_like_a_number_comes_as_one()
    {
        await using var cloud = new TestCloud();
        await cloud.CreateOldAsync("1234");
        Assert.Equal("1234", (await cloud.RowsAsync("linode.list"))[0]["LABEL"]!.ToJsonString());
    }

    [Fact]
    public async Task An_alert_that_is_switched_off_can_be_switched_on_again()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        Assert.Equal("0 0", await CpuAsync("Alert_cpu_enabled=0"));
        Assert.Equal("1 90", await CpuAsync("Alert_cpu_enabled=true"));
        Assert.Equal("1 300", await CpuAsync("Alert_cpu_threshold=300"));
        var tooHigh = await cloud.V3Async("linode.update", $"LinodeID={id}&Alert_cpu_threshold=801");
        Assert.Equal("8 Alert_cpu_threshold must be 0 to 800", tooHigh.Errors);

        async Task<string> CpuAsync(string change)
        {
            await cloud.DataAsync("linode.update", $"LinodeID={id}&{change}");
            var row = (await cloud.RowsAsync("linode.list"))[0];
            return $"{row["ALERT_CPU_ENABLED"]} {row["ALERT_CPU_THRESHOLD"]}";
        }
    }

    [Fact]
    public async Task Is_not_deleted_while_it_has_disks_unless_that_is_meant()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync("web-1");
        Assert.Equal(41, (await cloud.V3Async("linode.delete", $"LinodeID={id}")).Code);
        Assert.Equal(id, (long)(await cloud.DataAsync("linode.delete", $"LinodeID={id}&skipChecks=true"))["LinodeID"]!);
        Assert.Empty(await cloud.RowsAsync("linode.list"));
        Assert.Equal(5, (await cloud.V3Async("linode.boot", $"LinodeID={id}")).Code);
        Assert.Equal(5, (await cloud.V3Async("linode.job.list", $"LinodeID={id}")).Code);
        cloud.Pass(60);
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.GetAsync($"linode/instances/{id}")).Status);
    }

    [Fact]
    public async Task One_that_is_not_there_is_an_empty_list_or_an_error_as_chosen()
    {
        await using var cloud = new TestCloud();
        await using var strict = new TestCloud(new EmulatorOptions { V3RefusesUnknownLinode = true });
        Assert.Empty(await cloud.RowsAsync("linode.list", "LinodeID=1"));
        Assert.Equal("5 Object not found", (await strict.V3Async("linode.list", "LinodeID=1")).Errors);
    }

    [Fact]
    public async Task A_resize_says_ok_where_errors_stand_tells_no_job_and_leaves_it_off()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync();
        cloud.Pass(400);
        Assert.Equal(
            """{"ERRORARRAY":[{"ERRORCODE":0,"ERRORMESSAGE":"ok"}],"ACTION":"linode.resize","DATA":{}}""",
            (await cloud.V3Async("linode.resize", $"LinodeID={id}&PlanID=2")).Json.ToJsonString());
        cloud.Pass(900);
        var row = (await cloud.RowsAsync("linode.list"))[0];
        Assert.Equal("2 2 51200", $"{row["STATUS"]} {row["PLANID"]} {row["TOTALHD"]}");
        Assert.Equal([20000, 256], (await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}")).Select(disk => (int)disk["SIZE"]!));
        await cloud.DataAsync("linode.disk.create", $"LinodeID={id}&Label=more&Type=raw&Size=20000");
        Assert.Equal(
            "8 The disks of the Linode take more than the 25600 MB of this plan",
            (await cloud.V3Async("linode.resize", $"LinodeID={id}&PlanID=1")).Errors);
    }

    [Fact]
    public async Task A_clone_has_disks_and_profiles_of_its_own_and_is_off()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync("web-1");
        cloud.Pass(400);
        var copy = (long)(await cloud.DataAsync("linode.clone", $"LinodeID={id}&DatacenterID=7&PlanID=2"))["LinodeID"]!;
        cloud.Pass(900);
        var row = (await cloud.RowsAsync("linode.list", $"LinodeID={copy}"))[0];
        Assert.Equal($"linode{copy} 0 7 2", $"{row["LABEL"]} {row["STATUS"]} {row["DATACENTERID"]} {row["PLANID"]}");
        var disks = (await cloud.RowsAsync("linode.disk.list", $"LinodeID={copy}")).Select(disk => (long)disk["DISKID"]!).ToList();
        var config = Assert.Single(await cloud.RowsAsync("linode.config.list", $"LinodeID={copy}"));
        Assert.Equal($"{disks[0]},{disks[1]},,,,,,,", (string)config["DiskList"]!);
        Assert.Equal(["Linode Clone - web-1: 1"], await cloud.JobsOfAsync(copy));
        await cloud.DataAsync("linode.boot", $"LinodeID={copy}");
        cloud.Pass(200);
        Assert.Equal(1, await cloud.OldStatusOfAsync(copy));
    }

    [Fact]
    public async Task Addresses_are_added_named_and_moved()
    {
        await using var cloud = new TestCloud();
        var (one, two) = (await cloud.CreateOldAsync("web-1"), await cloud.CreateOldAsync("web-2"));
        var added = await cloud.DataAsync("linode.ip.addprivate", $"LinodeID={one}");
        Assert.StartsWith("192.168.", (string)added["IPADDRESS"]!, StringComparison.Ordinal);
        Assert.Equal(8, (await cloud.V3Async("linode.ip.addprivate", $"LinodeID={one}")).Code);
        var more = (long)(await cloud.DataAsync("linode.ip.addpublic", $"LinodeID={one}"))["IPADDRESSID"]!;
        Assert.InRange(more, 1, int.MaxValue);
        Assert.Equal(8, (await cloud.V3Async("linode.ip.addpublic", $"LinodeID={one}")).Code);
        Assert.Equal(8, (await cloud.V3Async("linode.ip.setrdns", $"IPAddressID={more}&Hostname=nodots")).Code);
        var named = await cloud.DataAsync("linode.ip.setrdns", $"IPAddressID={more}&Hostname=web.example.org");
        Assert.Equal($"web.example.org {more}", named.Told("HOSTNAME", "IPADDRESSID"));
        var moved = await cloud.RowsAsync("linode.ip.swap", $"IPAddressID={more}&toLinodeID={two}");
        Assert.Equal((2, two, more), (moved.Count, (long)moved[0]["LINODEID"]!, (long)moved[0]["IPADDRESSID"]!));
        Assert.Equal(
            ["web.example.org"],
            (await cloud.RowsAsync("linode.ip.list", $"LinodeID={two}&IPAddressID={more}")).Select(row => (string)row["RDNS_NAME"]!));
        Assert.Equal(4, (await cloud.RowsAsync("linode.ip.list")).Count);
        var far = (long)(await cloud.DataAsync("linode.create", "DatacenterID=7&PlanID=1"))["LinodeID"]!;
        Assert.Equal(8, (await cloud.V3Async("linode.ip.swap", $"IPAddressID={more}&toLinodeID={far}")).Code);
    }
}
