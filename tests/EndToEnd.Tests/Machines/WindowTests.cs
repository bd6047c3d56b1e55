using Xunit.Abstractions;

namespace EndToEnd.Tests.Machines;

/// <summary>Only SSH answers, from link-up on and for good.</summary>
[Collection("machines")]
public sealed class WindowTests(Fleet fleet, ITestOutputHelper output)
{
    [MachinesFact]
    public async Task From_link_up_to_ready_no_host_answers_anybody_but_by_SSH()
    {
        output.WriteLine($"{fleet.Scan.Tried.Values.Sum()} knocks, {fleet.Scan.Opened.Values.Sum()} answered");
        Assert.Empty(fleet.Scan.Holes());
        foreach (var label in Fleet.All)
        {
            var addresses = await fleet.AddressesAsync(label);
            Assert.All(addresses, address => Assert.True(fleet.Scan.SawSsh(address), $"the scanner never found {address} of {label}"));
            Assert.True(fleet.Scan.KnocksAtCanary(label) > 100);
            Assert.Equal("heard", await fleet.AskAsync(label, $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{Scanner.Canary} && echo heard'"));
        }
    }

    [MachinesFact]
    public async Task A_host_that_nobody_has_logged_in_to_yet_is_closed_by_itself_and_offers_no_password()
    {
        await using var scan = new Scanner(fleet.Cloud);
        using var end = new CancellationTokenSource();
        var opening = fleet.OpenCloudFirewallAsync("raw", end.Token);

        // The toolkit makes it, and only writes down what it would do on it.
        fleet.Desk.Environment["LINODETOOL_REMOTE"] = "recorder";
        (await fleet.Desk.RunAsync("cluster", "create", "raw", fleet.Desk.WritePlan("raw.yaml", 1))).Ended(0);
        fleet.Desk.Environment["LINODETOOL_REMOTE"] = "openssh";
        await end.CancelAsync();
        await opening;

        const string Raw = "raw-us-east-web-1";
        var addresses = await fleet.AddressesAsync(Raw);
        await Fleet.UntilAsync(() => Task.FromResult(addresses.All(scan.SawSsh)), $"every address of {Raw} answers by SSH");
        Assert.Empty(scan.Holes(node => node == Raw));
        foreach (var user in new[] { "root", "lctadmin", "nobody-known" })
        {
            // A busy machine may leave a caller waiting longer than the probe does.
            IReadOnlyList<string> offers = [];
            await Fleet.UntilAsync(async () => (offers = await PasswordProbe.OffersOfAsync(addresses[0], user)).Count > 0, $"{Raw} answers {user}");
            Assert.Equal(["publickey"], offers.Distinct());
        }

        // Its host key is known though nobody has ever asked it.
        var known = (await Program.RunAsync("ssh-keygen", "-y", "-f", fleet.AdminKey(Raw).Replace("admin-key", "host-key", StringComparison.Ordinal))).Ended(0);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(fleet.KnownHosts(Raw))!, Owner | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(fleet.KnownHosts(Raw), $"linode-{(await fleet.MachineAsync(Raw))["id"]} {known.Out}");
        File.SetUnixFileMode(fleet.KnownHosts(Raw), Owner);
        Assert.Equal("heard", await fleet.AskAsync(Raw, $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{Scanner.Canary} && echo heard'"));
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
