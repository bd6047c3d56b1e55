namespace EndToEnd.Tests.Machines;

/// <summary>Only SSH answers, from link-up on and for good.</summary>
[Collection("machines")]
public sealed class WindowTests(Fleet fleet)
{
    [MachinesFact]
    public async Task From_link_up_to_ready_no_host_answers_anybody_but_by_SSH()
    {
        Assert.Empty(fleet.Scan.Holes());
        foreach (var label in Fleet.All)
        {
            var addresses = await fleet.AddressesAsync(label);
            Assert.All(addresses, address => Assert.True(fleet.Scan.SawSsh(address), $"the scanner never found {address} of {label}"));
            Assert.True(fleet.Scan.Tried.Where(pair => pair.Key.Node == label && pair.Key.Port == Scanner.Canary).Sum(pair => pair.Value) > 100);
            Assert.Equal("heard", await fleet.AskAsync(label, $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{Scanner.Canary} && echo heard'"));
        }
    }

    [MachinesFact]
    public async Task During_a_reboot_a_host_stays_closed_by_itself()
    {
        await fleet.SetFirewallsAsync("disabled");
        try
        {
            await using var scan = new Scanner(fleet.Cloud);
            await fleet.RebootAsync(Fleet.Web);
            await AssertClosedAsync(scan, Fleet.Web);
            Assert.Equal("active", await fleet.AskAsync(Fleet.Web, "systemctl is-active lct-firewall"));
        }
        finally
        {
            await fleet.SetFirewallsAsync("enabled");
        }
    }

    [MachinesFact]
    public async Task With_a_broken_firewall_file_a_host_boots_with_SSH_and_nothing_else()
    {
        await fleet.SetFirewallsAsync("disabled");
        await fleet.AskAsync(Fleet.Web, "cp -p /etc/lct/base.nft /etc/lct/kept; echo 'this is no rule' >>/etc/lct/base.nft");
        try
        {
            await using var scan = new Scanner(fleet.Cloud);
            await fleet.RebootAsync(Fleet.Web);
            await AssertClosedAsync(scan, Fleet.Web);
            Assert.NotEqual("active", (await fleet.AsRootAsync(Fleet.Web, "systemctl is-active lct-firewall")).Out.Trim());
        }
        finally
        {
            await fleet.SetFirewallsAsync("enabled");
            await fleet.AskAsync(Fleet.Web, "mv -f /etc/lct/kept /etc/lct/base.nft; systemctl restart lct-firewall");
        }
    }

    [MachinesFact("nmap")]
    public async Task Of_65535_ports_22_is_open_and_65534_are_filtered_by_IPv4_and_IPv6()
    {
        await fleet.SetFirewallsAsync("disabled");
        try
        {
            var (stranger, _) = await fleet.StrangerAsync(Fleet.App);
            var seen = await Task.WhenAll((await fleet.AddressesAsync(Fleet.App)).Select(address => Judge.NmapAsync(stranger, address)));
            Assert.Equal([("22", 65534), ("22", 65534), ("22", 65534)], seen);
        }
        finally
        {
            await fleet.SetFirewallsAsync("enabled");
        }
    }

    private async Task AssertClosedAsync(Scanner scan, string label)
    {
        var addresses = await fleet.AddressesAsync(label);
        await Fleet.UntilAsync(() => Task.FromResult(addresses.All(scan.SawSsh)), $"every address of {label} answers by SSH");
        Assert.Empty(scan.Holes(node => node == label));
        Assert.Equal("heard", await fleet.AskAsync(label, $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{Scanner.Canary} && echo heard'"));
    }
}
