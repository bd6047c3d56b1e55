using System.Diagnostics;

namespace LinodeEmulator.Tests.Hosts.Machines;

public sealed class LateSshTests(RealCloud cloud) : IClassFixture<RealCloud>
{
    [MachinesFact]
    public async Task SSH_answers_late_at_each_boot_and_at_once_when_the_fault_is_lifted()
    {
        await cloud.SendAsync("POST", "/_emulator/faults", """{"spec":"ssh-late=8s label=late"}""");
        var since = Stopwatch.StartNew();
        var late = await cloud.CreateAsync("late");
        var prompt = await cloud.CreateAsync("prompt");
        await prompt.SshAsync("true");
        var stranger = await cloud.StrangerAsync();
        Assert.False(await RealCloud.CanReachAsync(stranger, late.Private), "neither at its private address");
        await late.SshAsync("true");
        Assert.True(since.Elapsed > TimeSpan.FromSeconds(8), $"it answered after {since.Elapsed}");

        since.Restart();
        await late.SshAsync("nohup sh -c 'sleep 0.3; systemctl reboot' >/dev/null 2>&1 & touch /run/first-boot");
        await RealCloud.UntilAsync(async () => await late.SshAsync("ls /run/first-boot 2>/dev/null; true") == "", "a reboot from within");
        Assert.True(since.Elapsed > TimeSpan.FromSeconds(8), $"it answered {since.Elapsed} after a reboot from within");

        await cloud.SendAsync("DELETE", "/_emulator/faults");
        await cloud.SendAsync("POST", "/_emulator/faults", """{"spec":"ssh-late=10m label=late"}""");
        await late.SendAsync("reboot");
        await RealCloud.UntilAsync(async () => await late.BootsAsync() == 2 && await late.PhaseAsync() == "running", "a reboot by the API");
        Assert.False(await RealCloud.CanReachAsync(stranger, late.Private), "shut again");
        await cloud.SendAsync("DELETE", "/_emulator/faults");
        Assert.Equal("in", await late.SshAsync("echo in"));
    }
}
