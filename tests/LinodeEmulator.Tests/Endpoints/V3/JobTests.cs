using System.Text.Json;
using System.Text.Json.Nodes;
using LinodeEmulator.Faults;
using LinodeEmulator.Hosts;

namespace LinodeEmulator.Tests.Endpoints.V3;

public sealed class JobTests
{
    [Fact]
    public async Task Jobs_of_a_Linode_wait_for_one_another_so_nothing_is_busy()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync();
        var jobs = (await cloud.RowsAsync("linode.job.list", $"LinodeID={id}")).Reverse().ToList();
        Assert.Equal(
            [
                "linode.create Linode Initial Configuration", "fs.create.from.distro Disk Create From Distribution - Ubuntu 16.04 LTS",
                "fs.create Create Filesystem - swap", "linode.boot System Boot - main",
            ],
            jobs.Select(job => $"{job["ACTION"]} {job["LABEL"]}"));
        var first = (long)jobs[0]["JOBID"]!;
        Assert.Equal(Enumerable.Range(0, 4).Select(next => first + next), jobs.Select(job => (long)job["JOBID"]!));
        Assert.Equal(0, await cloud.OldStatusOfAsync(id));
        cloud.Pass(400);
        Assert.Equal(1, await cloud.OldStatusOfAsync(id));
        jobs = [.. (await cloud.RowsAsync("linode.job.list", $"LinodeID={id}")).Reverse()];
        Assert.All(jobs, job => Assert.Equal(1, (int)job["HOST_SUCCESS"]!));
        Assert.Equal(jobs.Select(job => (string)job["HOST_START_DT"]!).Order(), jobs.Select(job => (string)job["HOST_START_DT"]!));
        Assert.True(string.CompareOrdinal((string)jobs[1]["HOST_FINISH_DT"]!, (string)jobs[2]["HOST_START_DT"]!) <= 0);
    }

    [Fact]
    public async Task What_is_not_known_of_a_job_yet_is_an_empty_text()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        Assert.Equal(""" "2025-12-31 19:00:00.0","","","","","" """.Trim(), Told((await cloud.RowsAsync("linode.job.list", $"LinodeID={id}"))[0]));
        cloud.Pass(3.5);
        var running = (await cloud.RowsAsync("linode.job.list", $"LinodeID={id}"))[0];
        Assert.NotEqual("", (string)running["HOST_START_DT"]!);
        Assert.Equal("", (string)running["HOST_FINISH_DT"]!);
        cloud.Pass(60);
        var done = (await cloud.RowsAsync("linode.job.list", $"LinodeID={id}"))[0];
        Assert.Equal((1, JsonValueKind.Number), ((int)done["HOST_SUCCESS"]!, done["DURATION"]!.GetValueKind()));
        Assert.Empty(await cloud.RowsAsync("linode.job.list", $"LinodeID={id}&pendingOnly=1"));

        static string Told(JsonNode job) => string.Join(
            ',',
            new[] { "ENTERED_DT", "HOST_START_DT", "HOST_FINISH_DT", "HOST_SUCCESS", "HOST_MESSAGE", "DURATION" }.Select(
                name => job[name]!.ToJsonString()));
    }

    [Fact]
    public async Task A_reboot_is_two_jobs_and_answers_with_the_second()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync();
        cloud.Pass(400);
        var job = (long)(await cloud.DataAsync("linode.reboot", $"LinodeID={id}"))["JobID"]!;
        var pending = await cloud.RowsAsync("linode.job.list", $"LinodeID={id}&pendingOnly=1");
        Assert.Equal([$"{job} System Boot - main", $"{job - 1} System Shutdown"], pending.Select(row => $"{row["JOBID"]} {row["LABEL"]}"));
        Assert.Equal((string)pending[0]["ENTERED_DT"]!, (string)pending[1]["ENTERED_DT"]!);
        Assert.Single(await cloud.RowsAsync("linode.job.list", $"LinodeID={id}&JobID={job}"));
        cloud.Pass(300);
        Assert.Equal(1, await cloud.OldStatusOfAsync(id));
    }

    [Fact]
    public async Task A_boot_of_what_runs_and_a_shutdown_of_what_is_off_come_to_nothing()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync();
        foreach (var action in new[] { "linode.boot", "linode.shutdown", "linode.shutdown" })
        {
            await cloud.DataAsync(action, $"LinodeID={id}");
        }

        cloud.Pass(600);
        Assert.Equal(2, await cloud.OldStatusOfAsync(id));
        Assert.Equal(
            [
                "System Boot - main: 1", "System Boot - main: 0 Linode already running",
                "System Shutdown: 1", "System Shutdown: 0 Linode already powered off",
            ],
            (await cloud.JobsOfAsync(id)).Skip(3));
    }

    [Fact]
    public async Task A_job_that_fails_says_so_and_why_and_the_next_goes_on()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Faults = [FaultSpec.Parse("failed-boot on * /v3/linode.boot nth=1")] });
        var id = await cloud.BootOldAsync();
        await cloud.DataAsync("linode.boot", $"LinodeID={id}");
        cloud.Pass(600);
        Assert.Equal(["System Boot - main: 0 The system did not boot", "System Boot - main: 1"], (await cloud.JobsOfAsync(id)).Skip(3));
        Assert.Equal(1, await cloud.OldStatusOfAsync(id));
    }

    [Fact]
    public async Task A_disk_in_use_is_not_deleted_but_the_job_for_it_is_taken()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync();
        cloud.Pass(400);
        var disk = (await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}"))[0]["DISKID"];
        await cloud.DataAsync("linode.disk.delete", $"LinodeID={id}&DiskID={disk}");
        cloud.Pass(60);
        Assert.Equal("Delete Filesystem - root: 0 The disk is in use by the running Linode", (await cloud.JobsOfAsync(id))[^1]);
        Assert.Equal("1", $"{(await cloud.RowsAsync("linode.disk.list", $"LinodeID={id}"))[0]["STATUS"]}");
    }

    [Fact]
    public async Task Jobs_of_the_watchdog_come_between_those_that_were_asked_for()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.BootOldAsync("web-1");
        cloud.Pass(400);
        await cloud.RowsAsync("linode.list");
        cloud.Emulator.Core.MachineEnded(new MachineEnd(id, 1));
        var job = (await cloud.DataAsync("linode.shutdown", $"LinodeID={id}"))["JobID"];
        Assert.Equal(2, await cloud.OldStatusOfAsync(id));
        cloud.Pass(300);
        Assert.Equal(["Lassie initiated boot: main: 1", "System Shutdown: 1"], (await cloud.JobsOfAsync(id)).Skip(4));
        Assert.Equal("System Shutdown", (string)(await cloud.RowsAsync("linode.job.list", $"LinodeID={id}&JobID={job}"))[0]["LABEL"]!);
    }

    [Fact]
    public async Task The_first_profile_is_booted_and_later_the_one_that_was_booted_last()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateOldAsync();
        Assert.Equal("8 The Linode has no configuration profile to boot", (await cloud.V3Async("linode.boot", $"LinodeID={id}")).Errors);
        await cloud.DataAsync("linode.config.create", $"LinodeID={id}&KernelID=138&Label=first&DiskList=");
        var second = (await cloud.DataAsync("linode.config.create", $"LinodeID={id}&KernelID=138&Label=second&DiskList="))["ConfigID"];
        await cloud.DataAsync("linode.boot", $"LinodeID={id}");
        await cloud.DataAsync("linode.reboot", $"LinodeID={id}&ConfigID={second}");
        cloud.Pass(500);
        await cloud.DataAsync("linode.reboot", $"LinodeID={id}");
        Assert.Equal(
            ["System Boot - first", "System Boot - second", "System Boot - second"],
            (await cloud.RowsAsync("linode.job.list", $"LinodeID={id}")).Reverse().Select(job => (string)job["LABEL"]!)
                .Where(label => label.StartsWith("System Boot", StringComparison.Ordinal)));
        Assert.Equal(5, (await cloud.V3Async("linode.boot", $"LinodeID={id}&ConfigID=1")).Code);
    }
}
