using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Tests.Hosts.Machines;

public sealed class PlanReaderTests
{
    [Fact]
    public async Task Is_on_when_running_and_each_boot_has_a_number_of_its_own()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Latency = LatencyProfile.None });
        var id = await cloud.CreateNodeAsync("web-1");
        var states = new List<string>();
        foreach (var action in new[] { "", "reboot", "shutdown", "boot" })
        {
            if (action.Length > 0)
            {
                await cloud.SucceedAsync("POST", $"linode/instances/{id}/{action}");
            }

            await cloud.GetAsync("linode/instances");
            states.Add($"{Plan(cloud).On} {Plan(cloud).Boots}");
        }

        Assert.Equal(["True 1", "True 2", "False 2", "True 3"], states);
    }

    [Fact]
    public async Task Names_the_drives_by_the_slots_of_the_profile_and_a_volume_once_it_can_be_used()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        await cloud.SucceedAsync("POST", "volumes", $$"""{"label":"data","linode_id":{{id}},"size":10}""");
        Assert.Equal("sda:ext4:25088 sdb:swap:512", Drives(cloud));
        cloud.Pass(60);
        await cloud.GetAsync("linode/instances");
        Assert.Equal("sda:ext4:25088 sdb:swap:512 sdc:raw:10240", Drives(cloud));
    }

    [Fact]
    public async Task Has_its_cards_in_the_order_of_the_interfaces()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Latency = LatencyProfile.None });
        await cloud.CreateNodeAsync("web-1", """
            "private_ip":true,"interfaces":[{"purpose":"public"},{"purpose":"vlan","label":"back","ipam_address":"10.0.0.1/24"}]
            """);
        await cloud.GetAsync("linode/instances");
        var cards = Plan(cloud).Cards;
        Assert.Equal("eth0 198.18.0.2/24 192.168.129.2/17", $"{cards[0].Name} {cards[0].Addresses[0]} {cards[0].Addresses[1]}");
        Assert.Equal("eth1 back 10.0.0.1/24", $"{cards[1].Name} {cards[1].Vlan} {cards[1].Addresses[0]}");
    }

    [Fact]
    public async Task Is_lost_as_soon_as_it_is_being_deleted()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        await cloud.DeleteAsync($"linode/instances/{id}");
        Assert.True(Plan(cloud) is { On: false, Lost: true });
    }

    [Fact]
    public async Task Equals_itself_as_long_as_nothing_has_changed()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Latency = LatencyProfile.None });
        await cloud.CreateNodeAsync("web-1");
        await cloud.GetAsync("linode/instances");
        Assert.Equal(Plan(cloud), Plan(cloud));
    }

    private static string Drives(TestCloud cloud) =>
        string.Join(' ', Plan(cloud).Drives.Select(drive => $"{drive.Name}:{drive.Filesystem}:{drive.Megabytes}"));

    private static MachinePlan Plan(TestCloud cloud) => cloud.Emulator.Core.Ask(rows => Assert.Single(PlanReader.Read(rows)));
}
