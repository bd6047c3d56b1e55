namespace EndToEnd.Tests.Machines;

/// <summary>Real hosts in turns: rebooted, made anew, resized, and replaced, with what is on their volumes.</summary>
[Collection("lives of machines")]
public sealed class RollTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        network: { private: ip }
        storage:
          db:
          - { label: boot, size: 70%, fs: ext4, boot: yes }
          - { label: swap, size: 10%, fs: swap }
          - { label: fast, size: 20%, fs: btrfs, mount: /srv/fast }
          - { label: data, size: 10GB, type: blockstore, fs: xfs, mount: /mnt/data }
        defaults: { type: g6-nanode-1, image: debian 12, nodenames: '{group}-{counter}' }
        regions:
        - region: us-east
          nodes:
          - name: web
            count: 2
            ready: [{ command: 'test -e /run/at-work' }]
            init:
              clusterstarting: [{ name: 'shell:inline', inline: 'touch /run/at-work' }]
              clusterstopping: [{ name: 'shell:inline', inline: 'echo drained >> /var/log/drains' }]
          - { name: db, storage: db }
        """;

    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync();

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task A_group_is_rebooted_node_by_node_and_a_command_stops_at_the_first_node_it_fails_on_until_that_is_mended()
    {
        (await Own.RunAsync("cluster", "create", "shop", Own.Write("plan.yaml", Plan))).Ended(0);
        string[] boots = [await BootAsync("web-1"), await BootAsync("web-2")];

        (await Own.RunAsync("cluster", "roll", "shop", "web", "--reboot")).Ended(0);

        Assert.NotEqual(boots[0], await BootAsync("web-1"));
        Assert.NotEqual(boots[1], await BootAsync("web-2"));
        var names = await Own.NamesAsync();
        var asked = (await Own.ChangesAsync()).Select(row => ((string)row["path"]!).Split('/')).Where(words => words[^1] is "shutdown" or "boot")
            .Select(words => $"{names[long.Parse(words[4])]} {words[^1]}").ToList();
        Assert.Equal(["web-1 shutdown", "web-1 boot", "web-2 shutdown", "web-2 boot"], asked[^4..]);
        foreach (var node in new[] { "web-1", "web-2" })
        {
            Assert.Equal("drained", await Own.AskAsync(node, "cat /var/log/drains; test -e /run/at-work"));
        }

        // Not on the second before it is well on the first.
        (await Own.ExecAsync("web-1", "touch /root/in-the-way")).Ended(0);
        var failed = (await Own.RunAsync("cluster", "roll", "shop", "web", "--", "test ! -e /root/in-the-way && id -u > /root/by")).Ended(7);
        Assert.Contains("web-1", failed.Error, StringComparison.Ordinal);
        Assert.Equal("no", await Own.AskAsync("web-2", "test -e /root/by && echo yes || echo no"));
        (await Own.ExecAsync("web-1", "rm /root/in-the-way")).Ended(0);
        (await Own.RunAsync("cluster", "retry", "shop")).Ended(0);
        Assert.Equal("0 0", $"{await Own.AskAsync("web-1", "cat /root/by")} {await Own.AskAsync("web-2", "cat /root/by")}");
        Assert.Equal("db-1 ready, web-1 ready, web-2 ready", await Own.StatesAsync());
    }

    [MachinesFact]
    public async Task A_node_made_anew_or_replaced_keeps_its_name_and_what_is_on_its_volume_and_nothing_else()
    {
        var plan = Own.Write("plan.yaml", Plan);
        (await Own.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        (await Own.ExecAsync("db-1", "echo mine > /mnt/data/kept; echo old > /root/old; echo old > /srv/fast/old; sync")).Ended(0);
        var (id, key, address, _) = await IdentityAsync();

        Assert.Equal(9, (await Own.RunAsync("node", "rebuild", "db-1")).Code);
        (await Own.RunAsync("node", "rebuild", "db-1", "--yes")).Ended(0);

        Assert.Equal("mine", await Own.AskAsync("db-1", "cat /mnt/data/kept; test ! -e /root/old; test ! -e /srv/fast/old; findmnt -no FSTYPE /srv/fast | grep -qx btrfs"));
        var rebuilt = await IdentityAsync();
        Assert.Equal((id, address), (rebuilt.Id, rebuilt.Address));
        Assert.NotEqual(key, rebuilt.Key);

        (await Own.RunAsync("node", "resize", "web-1", "g6-standard-1", "--yes")).Ended(0);
        Assert.Equal("g6-standard-1", (string)(await Own.Cloud.ListAsync("linode/instances")).Single(node => (string)node["label"]! == "web-1")["type"]!);
        Assert.Equal("yes", await Own.AskAsync("web-1", "test -e /run/at-work && echo yes"));

        // Somebody deletes it: its volume is left, and so is its name.
        await Own.Cloud.SendAsync("DELETE", $"/v4/linode/instances/{id}");
        (await Own.RunAsync("node", "replace", "db-1", "--yes")).Ended(0);

        Assert.Equal("mine", await Own.AskAsync("db-1", "cat /mnt/data/kept; test ! -e /root/old"));
        var replaced = await IdentityAsync();
        Assert.NotEqual(id, replaced.Id);
        Assert.NotEqual(rebuilt.Key, replaced.Key);
        Assert.Contains(replaced.PrivateAddress, await Own.AskAsync("web-1", "getent ahostsv4 db-1"), StringComparison.Ordinal);
        Assert.Equal("db-1 ready, web-1 ready, web-2 ready", await Own.StatesAsync());
        Assert.Single(await Own.Cloud.ListAsync("volumes"));
        Assert.Equal(3, (await Own.Cloud.ListAsync("linode/instances")).Count);
        (await Own.RunAsync("cluster", "diff", "shop", "--live")).Ended(0);
    }

    private Task<string> BootAsync(string node) => Own.AskAsync(node, "cat /proc/sys/kernel/random/boot_id");

    private async Task<(long Id, string Key, string Address, string PrivateAddress)> IdentityAsync()
    {
        var node = (await Own.Cloud.ListAsync("linode/instances")).Single(one => (string)one["label"]! == "db-1");
        string[] addresses = [.. node["ipv4"]!.AsArray().Select(one => (string)one!)];
        return ((long)node["id"]!, await Own.AskAsync("db-1", "cat /etc/ssh/ssh_host_ed25519_key.pub"), addresses[0], addresses[^1]);
    }
}
