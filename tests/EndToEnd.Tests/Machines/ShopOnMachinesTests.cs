namespace EndToEnd.Tests.Machines;

/// <summary>The shop of the README on 82 hosts that boot: from nothing to plan-ready, and to nothing again.</summary>
[Collection("alone")]
public sealed class ShopOnMachinesTests
{
    [MachinesFact]
    public async Task Eighty_two_hosts_are_made_secured_and_configured_and_leave_nothing_on_this_machine()
    {
        var cloud = await Cloud.StartAsync("--hosts", "machines");
        await using var desk = Desk.SitDown(cloud);
        desk.Environment["LINODETOOL_REMOTE"] = "openssh";

        (await desk.RunAsync("cluster", "create", "ha-wordpress", Desk.Shipped("ha-wordpress.yaml"))).Ended(0);

        var nodes = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray();
        Assert.Equal(
            "82 ready configured",
            string.Join(", ", nodes.CountBy(node => $"{node!["state"]} {node["configuration"]}").Select(state => $"{state.Value} {state.Key}")));
        await AssertConfiguredAsync(desk);
        await AssertPingedAsync(desk);
        var folder = await FolderAsync(cloud);
        var number = await File.ReadAllTextAsync($"{folder}/number");
        Assert.True((await LeftAsync(folder, number)).Count > 82 * 3);

        (await desk.RunAsync("cluster", "delete", "ha-wordpress", "--yes")).Ended(0);
        await Fleet.UntilAsync( // the platform takes a host down once its node is gone
            async () => !(await LeftAsync(folder, number)).Exists(thing => thing.Contains("50000", StringComparison.Ordinal)), "no host is left");

        await cloud.StopAsync();
        Assert.Empty(await LeftAsync(folder, number));
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>Every data node has its volume where the plan says, and every node knows all the others.</summary>
    private static async Task AssertConfiguredAsync(Desk desk)
    {
        const string stored = "findmnt -rno FSTYPE -t xfs /mnt/ndb && id deploy",
            named = "getent hosts ha-wordpress-us-east-webservers-20 && getent hosts ha-wordpress-eu-central-memcached-10";
        (await desk.RunAsync("cluster", "exec", "ha-wordpress", "--tag", "ndbdatanode", "--", stored)).Ended(0);
        (await desk.RunAsync("cluster", "exec", "ha-wordpress", "--", named)).Ended(0);
    }

    /// <summary>Ansible reaches all of them at the first try, by an export as it is.</summary>
    private static async Task AssertPingedAsync(Desk desk)
    {
        if (Program.Find("ansible") is not null)
        {
            (await desk.RunAsync("cluster", "export", "ha-wordpress", "--format", "ansible", "-f", "inventory.yaml")).Ended(0);
            var pinged = (await desk.ShellAsync("ANSIBLE_NOCOLOR=1 ansible -i inventory.yaml all -f 20 -m ping -o")).Ended(0);
            Assert.Equal(82, pinged.Lines.Count(line => line.Contains("SUCCESS", StringComparison.Ordinal)));
        }
    }

    internal static async Task<string> FolderAsync(Cloud cloud) => Path.GetDirectoryName(Path.GetDirectoryName(
        (string)(await cloud.SendAsync("GET", "/_emulator/machines"))["machines"]![0]!["console"]!))!;

    /// <summary>Everything of an emulator that is on this machine: namespaces, links, mounts, loop devices, processes.</summary>
    internal static async Task<List<string>> LeftAsync(string folder, string number)
    {
        var (space, runtime) = ($"le{number}", $"/run/linode-emulator/{number}/");
        var links = (await Program.RunAsync("ip", "-o", "link")).Lines.Where(link => link.Contains($" {space}", StringComparison.Ordinal));
        var loops = (await Program.RunAsync("losetup", "--list", "--noheadings", "--output", "NAME,BACK-FILE")).Lines
            .Where(loop => loop.Contains(folder, StringComparison.Ordinal));
        var mounts = (await File.ReadAllLinesAsync("/proc/self/mounts")).Where(mount => mount.Contains(runtime, StringComparison.Ordinal));
        var spaces = Directory.EnumerateFiles("/run/netns").Where(file =>
            Path.GetFileName(file) is { } name && (name == space || name.StartsWith($"{space}-", StringComparison.Ordinal)));
        return [.. links, .. loops, .. mounts, .. spaces,
            .. Directory.EnumerateDirectories("/proc").Select(CommandOf).Where(command => command.Contains(runtime, StringComparison.Ordinal))];
    }

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline").Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return ""; // not a process, or one that has just ended
        }
    }
}
