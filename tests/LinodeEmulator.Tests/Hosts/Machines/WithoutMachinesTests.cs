using LinodeEmulator.Hosts.Machines;
using LinodeEmulator.Hosts.Machines.Plans;
using LinodeEmulator.Hosts.Machines.Storage;

namespace LinodeEmulator.Tests.Hosts.Machines;

/// <summary>What real machines are made of, as far as it needs no machine.</summary>
public sealed class WithoutMachinesTests
{
    [Fact]
    public async Task Says_that_records_have_no_machines()
    {
        await using var cloud = new TestCloud();
        Assert.StartsWith("501 There are no machines here", (await cloud.GetAsync("/_emulator/machines")).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_real_machines_on_a_virtual_clock_and_does_without_them_on_auto()
    {
        Assert.Throws<PlatformNotSupportedException>(
            () => Emulator.Build(new EmulatorOptions { Hosts = "machines", Clock = new LinodeEmulator.Time.VirtualClock() }));
        var emulator = Emulator.Build(new EmulatorOptions { Hosts = "auto", Clock = new LinodeEmulator.Time.VirtualClock() });
        Assert.Contains("the clock is not the real one", emulator.Core.Hosts.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_what_a_StackScript_is_given_and_offers_it_in_capitals_too()
    {
        var plan = new MachinePlan(7, "web-1", "us-east") { Drives = [], Cards = [], Resolvers = [], DiskIds = [], Memory = 1024 };
        var text = ScriptEnvironment.Text(plan, new Dictionary<string, string> { ["whom"] = "a \"$b\" \\c", ["not a name"] = "x" });
        Assert.Equal(
            "LINODE_DATACENTERID=\"us-east\"\nLINODE_ID=\"7\"\nLINODE_LISHUSERNAME=\"web-1\"\nLINODE_RAM=\"1024\"\n"
            + "WHOM=\"a \\\"\\$b\\\" \\\\c\"\nwhom=\"a \\\"\\$b\\\" \\\\c\"\n",
            text);
    }

    [Theory]
    [InlineData(1080, "53ef", 1128)]
    [InlineData(0, "58465342", 32)]
    [InlineData(65600, "5f42485266535f4d", 65568)]
    [InlineData(4086, "535741505350414345" + "32", 1036)]
    public void Finds_the_id_of_a_filesystem(int signAt, string sign, int idAt)
    {
        var head = new byte[65536 + 4096];
        Convert.FromHexString(sign).CopyTo(head, signAt);
        Assert.Null(FilesystemProbe.Uuid(head));
        Convert.FromHexString("00112233445566778899aabbccddeeff").CopyTo(head, idAt);
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", FilesystemProbe.Uuid(head));
        Assert.Null(FilesystemProbe.Uuid(new byte[512]));
    }

    [Fact]
    public async Task Boots_a_node_again_that_powered_off_by_itself_but_not_for_ever()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Latency = LatencyProfile.None });
        var id = await cloud.CreateNodeAsync("web-1");
        var statuses = new List<string>();
        for (var boot = 1; boot <= 6; boot++)
        {
            await cloud.GetAsync("linode/instances");
            cloud.Emulator.Core.MachineEnded(new LinodeEmulator.Hosts.MachineEnd(id, boot));
            statuses.Add(await cloud.StatusOfAsync(id));
        }

        Assert.Equal(["running", "running", "running", "running", "running", "offline"], statuses);
        Assert.Equal(5, (await cloud.EventsOfAsync(id)).Count(told => told == "lassie_reboot finished"));
    }

    [Fact]
    public async Task Keeps_a_node_off_that_has_no_watchdog()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Latency = LatencyProfile.None });
        var id = await cloud.CreateNodeAsync("web-1");
        await cloud.SucceedAsync("PUT", $"linode/instances/{id}", """{"watchdog_enabled":false}""");
        cloud.Emulator.Core.MachineEnded(new LinodeEmulator.Hosts.MachineEnd(id, 1));
        Assert.Equal("offline", await cloud.StatusOfAsync(id));
    }
}
