using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Machines;

/// <summary>What becomes of real hosts in the course of their life: runs that end early, reboots, trouble, nodes that come and go.</summary>
[Collection("lives of machines")]
public sealed class LifeTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        network: { private: ip }
        users:
          ops:
            groups: [{ name: ops, gid: 1500 }]
            users: [{ name: deploy, uid: 1501, groups: [ops], sudo: yes }]
        storage:
          db:
          - { label: boot, size: 70%, fs: ext4, boot: yes }
          - { label: swap, size: 10%, fs: swap }
          - { label: fast, size: 20%, fs: btrfs, mount: /srv/fast }
          - { label: data, size: 10GB, type: blockstore, fs: xfs, mount: /mnt/data }
        defaults: { type: g6-nanode-1, image: debian 12, users: [ops] }
        regions:
        - region: us-east
          nodes:
          - { name: web, count: 3, nodenames: 'web-{counter}', privatefqdn: 'web-{counter}.internal' }
          - { name: db, storage: db, nodenames: 'db-{counter}' }
        """;

    private Desk desk = null!;

    public async Task InitializeAsync() => desk = (await Hosts.SitDownAsync())!;

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task A_run_that_ended_half_way_is_finished_by_the_next_and_the_one_after_that_changes_nothing()
    {
        var plan = desk.Write("plan.yaml", Plan);

        // Patience for less than a boot: every node is left half made, and named with the stage it had come to.
        desk.Environment["LINODETOOL_SSH_WAIT"] = "1s";
        var early = await desk.RunAsync("cluster", "create", "shop", plan);
        desk.Environment.Remove("LINODETOOL_SSH_WAIT");
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);

        Assert.Contains(early.Code, new[] { 0, 7 });
        var nodes = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray();
        Assert.All(nodes, node => Assert.Equal(("ready", "configured"), ((string)node!["state"]!, (string)node["configuration"]!)));
        Assert.Equal(4, nodes.Count);

        var (writes, logs) = ((await desk.Cloud.WritesAsync()).Count, Logs());
        var again = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        Assert.Contains("nothing to do", again.Error, StringComparison.Ordinal);
        Assert.Equal((writes, logs), ((await desk.Cloud.WritesAsync()).Count, Logs()));

        await StandsAsync();
        await RebootAsync("db-1");
        await StandsAsync();
    }

    [MachinesFact]
    public async Task A_volume_that_holds_something_is_left_as_it_is_and_said_to_be_in_the_way()
    {
        var plan = desk.Write("plan.yaml", Plan.Replace("count: 3", "count: 1", StringComparison.Ordinal));
        desk.Environment["LINODETOOL_SSH_WAIT"] = "1s";
        using (var started = desk.Start("cluster", "create", "shop", plan))
        {
            await Fleet.UntilAsync(
                async () => (await desk.Cloud.ListAsync("volumes")).Count == 1 && File.Exists(await ImageAsync()), "a volume with its file");
            (await Program.RunAsync("mkfs.ext4", "-q", "-F", "-L", "precious", await ImageAsync())).Ended(0);
            await started.EndAsync();
        }

        desk.Environment.Remove("LINODETOOL_SSH_WAIT");
        var refused = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(7);

        Assert.Contains("storage' on db-1", refused.Error, StringComparison.Ordinal);
        Assert.Contains("holds ext4, not xfs; it is left as it is", refused.Error, StringComparison.Ordinal);
        Assert.Equal("db-1 failed, web-1 ready", await StatesAsync());
        Assert.Contains("precious", (await Program.RunAsync("blkid", "-p", await ImageAsync())).Out, StringComparison.Ordinal);
        var why = (await desk.RunAsync("node", "why", "db-1")).Ended(0);
        Assert.Contains("holds ext4, not xfs", why.Out, StringComparison.Ordinal);

        // The cause removed, the same command finishes it.
        (await ExecAsync("db-1", "wipefs -qa /dev/disk/by-id/scsi-0Linode_Volume_*")).Ended(0);
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        Assert.Equal("xfs", (await ExecAsync("db-1", "findmnt -no FSTYPE /mnt/data")).Ended(0).Out.Trim());
    }

    [MachinesFact]
    public async Task Nodes_that_come_and_go_are_told_to_those_that_stay_and_each_in_trouble_is_named_with_its_stage()
    {
        var plan = desk.Write("plan.yaml", Plan.Replace("storage: db, ", "", StringComparison.Ordinal));
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);

        (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12", "--label", "late-1", "--cluster", "shop")).Ended(0);
        Assert.Contains("late-1", (await ExecAsync("web-1", "cat /etc/hosts")).Out, StringComparison.Ordinal);
        Assert.Contains("web-1.internal", (await ExecAsync("late-1", "cat /etc/hosts")).Out, StringComparison.Ordinal);
        (await desk.RunAsync("node", "delete", "late-1", "--yes")).Ended(0);
        Assert.DoesNotContain("late-1", (await ExecAsync("web-1", "cat /etc/hosts")).Out, StringComparison.Ordinal);

        // No room on the disk, no SSH server, no machine: three nodes in trouble, and one that is well.
        await ExecAsync("web-1", "dd if=/dev/zero of=/filler bs=1M 2>/dev/null; dd if=/dev/zero of=/rest bs=1 2>/dev/null; sync");
        await ExecAsync("web-2", "systemd-run --quiet --on-active=1 systemctl stop ssh.service");
        await desk.Cloud.SendAsync("POST", $"/_emulator/machines/{await IdAsync("web-3")}/cut", """{"lose":true}""");
        await Task.Delay(TimeSpan.FromSeconds(2));

        var run = (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12", "--label", "new-1", "--cluster", "shop")).Ended(7);

        Assert.Contains("/etc/hosts cannot be written; room on its disk: 0 of ", Block(run, "names web-1"), StringComparison.Ordinal);
        Assert.Contains("nothing listens", Block(run, "names web-2"), StringComparison.Ordinal);
        Assert.Contains("no packet came back", Block(run, "names web-3"), StringComparison.Ordinal);
        Assert.Contains("new-1", (await ExecAsync("db-1", "cat /etc/hosts")).Ended(0).Out, StringComparison.Ordinal);
        Assert.Equal("db-1 ready, new-1 ready, web-1 failed, web-2 failed, web-3 failed", await StatesAsync());
    }

    [MachinesFact]
    public async Task The_same_plan_makes_the_same_calls_on_records_and_on_real_hosts()
    {
        await using var records = await Desk.SitDownAsync("--hosts", "records");
        foreach (var one in new[] { records, desk })
        {
            (await one.RunAsync("cluster", "create", "shop", one.Write("plan.yaml", Plan))).Ended(0);
            (await one.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        }

        Assert.Equal(await CallsAsync(records.Cloud), await CallsAsync(desk.Cloud));
    }

    [MachinesFact]
    public async Task By_user_data_or_by_a_StackScript_a_node_comes_to_the_same_state_and_keeps_nothing_of_what_it_was_given()
    {
        (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12", "--label", "modern")).Ended(0);
        (await desk.RunAsync("node", "create", "newark", "1gb", "ubuntu 16.04 lts", "--label", "older")).Ended(0);
        const string look = "sshd -T; nft -s list ruleset; ls -A /root /etc/lct /etc/sudoers.d; cat /etc/passwd /etc/group; systemctl --failed";

        var (modern, older) = ((await ExecAsync("modern", look)).Ended(0).Out, (await ExecAsync("older", look)).Ended(0).Out);

        Assert.Equal(modern, older);
        Assert.Contains("policy drop", older, StringComparison.Ordinal);
        foreach (var node in new[] { "modern", "older" })
        {
            // Whole, or as a field of a StackScript has it; brackets, so that the search does not find itself.
            const string keys = "grep -rlsE 'OPENSSH PRIVATE KE[Y]|LS0tLS1CRUdJTiBPUEVOU1NI[I]' /root /var/lib/cloud /var/log /run/cloud-init /etc/lct || :";
            Assert.Equal("", (await ExecAsync(node, keys)).Ended(0).Out);
        }
    }

    /// <summary>Users, filesystems, mounts, swap, names and firewall as the plan says.</summary>
    private async Task StandsAsync()
    {
        var seen = (await ExecAsync("db-1", """
            id deploy
            findmnt -no FSTYPE,SOURCE /srv/fast /mnt/data
            findmnt -rno FSTYPE /srv/fast; findmnt -rno FSTYPE /mnt/data
            swapon /dev/sdb 2>&1 | grep -o busy || echo off
            sudo -n -u deploy sudo -n id -u
            for name in web-1.internal web-2 db-1; do getent ahostsv4 $name | head -n 1; done | wc -l
            nft list chain inet lct input | grep -c 'policy drop'
            hostname
            grep -c '^UUID=.*nofail' /etc/fstab
            """)).Ended(0).Lines;

        Assert.Equal("uid=1501(deploy) gid=1501(deploy) groups=1501(deploy),1500(ops)", seen[0]);
        Assert.Equal(["btrfs", "xfs", "busy", "0", "3", "1", "db-1", "3"], seen[^8..]);
    }

    private async Task<string> StatesAsync() => string.Join(", ", (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray()
        .Select(node => $"{node!["label"]} {node["state"]}").Order(StringComparer.Ordinal));

    private async Task RebootAsync(string node)
    {
        await ExecAsync(node, "touch /run/before");
        await desk.Cloud.SendAsync("POST", $"/v4/linode/instances/{await IdAsync(node)}/reboot");

        // To the end of the boot: what may fail is not waited for by what lets one in.
        const string booted = """[ ! -e /run/before ] && [ -z "$(systemctl list-jobs --no-legend)" ]""";
        await Fleet.UntilAsync(async () => (await ExecAsync(node, booted)).Code == 0, $"another boot of {node}");
    }

    /// <summary>Every change with its count, and every kind of look: how often one looks hangs on how long things take.</summary>
    private static async Task<string> CallsAsync(Cloud cloud) => string.Join('\n', (await cloud.RequestsAsync())
        .GroupBy(request => $"{request.Method} {Regex.Replace(request.Path.Split('?')[0], "[0-9]{4,}", "*")} {request.Status}")
        .Select(calls => calls.Key.StartsWith("GET", StringComparison.Ordinal) ? calls.Key : $"{calls.Key} {calls.Count()}")
        .Order(StringComparer.Ordinal));

    private Task<Finished> ExecAsync(string node, string script) => desk.RunAsync("node", "exec", node, "--as-root", "--", "sh", "-c", script);

    private async Task<long> IdAsync(string label) =>
        (long)(await MachinesAsync()).Single(machine => (string)machine!["label"]! == label)!["id"]!;

    private async Task<JsonArray> MachinesAsync() => (await desk.Cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray();

    private async Task<string> ImageAsync()
    {
        var volume = (await desk.Cloud.ListAsync("volumes")).Single();
        var machines = Path.GetDirectoryName(Path.GetDirectoryName((string)(await MachinesAsync())[0]!["console"]!))!;
        return Path.Combine(machines, "volumes", $"{volume["id"]}.img");
    }

    private string Logs() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(desk.Kept, "state", "nodes")).Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetFileName(file)} {new FileInfo(file).Length}"));

    /// <summary>What a run said at its end of one step that failed.</summary>
    private static string Block(Finished run, string step)
    {
        var blocks = run.Error.Split("error LCT");
        return blocks.LastOrDefault(block => block.Contains($"where: {step}\n", StringComparison.Ordinal)) ?? run.Error;
    }
}
