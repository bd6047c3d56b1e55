namespace EndToEnd.Tests.Machines;

/// <summary>New admin keys for real hosts: what they let in before, between and after.</summary>
[Collection("lives of machines")]
public sealed class RotateKeysTests : IAsyncLifetime
{
    private static readonly string[] Sharings = ["node", "group", "cluster"];
    private readonly Dictionary<string, string> ids = [];
    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync();

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task However_keys_are_shared_the_new_one_opens_a_host_and_the_old_one_does_not_also_after_a_death_a_stop_and_a_reboot()
    {
        (await Own.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C '' -f ~/mine")).Ended(0);
        (await Own.RunAsync("secret", "set", "default-root-ssh-public-key", "~/mine.pub")).Ended(0);
        foreach (var made in await Task.WhenAll(Sharings.Select(CreateAsync)))
        {
            made.Ended(0);
        }

        foreach (var sharing in Sharings)
        {
            ids[sharing] = (string)(await Own.RunAsync("cluster", "show", sharing, "-o", "json")).Ended(0).Json["id"]!;
        }

        // Somebody lets root in by the admin's key too: that one is changed with it, and root's own stays.
        (await Own.ExecAsync("node-web-1", "cat /home/lctadmin/.ssh/authorized_keys >>/root/.ssh/authorized_keys")).Ended(0);
        var old = Nodes.ToDictionary(node => node, node => Copy(KeyOf(node), $"old-{node}"));
        var boots = await Own.AskAsync("node-web-1", "cat /proc/sys/kernel/random/boot_id");

        var dry = (await Own.RunAsync("cluster", "rotate-keys", "cluster", "--node", "cluster-db-1", "--dry-run", "-o", "json")).Ended(0).Json;
        Assert.Equal("cluster: cluster-db-1 cluster-web-1", $"{dry[0]!["key"]}: {string.Join(' ', dry[0]!["nodes"]!.AsArray())}");
        Assert.Equal(File.ReadAllText(old["cluster-web-1"]), File.ReadAllText(KeyOf("cluster-web-1")));

        // Cut short without a word when it would take the old key away; the same command gets to the end.
        using (var cut = Own.Start("cluster", "rotate-keys", "node", "--progress", "json"))
        {
            await cut.SaidAsync("drop old key");
            await cut.SignalAsync("KILL");
            Assert.Equal(137, (await cut.EndAsync()).Code);
        }

        Assert.Equal("in", (await Own.RunAsync("node", "exec", "node-web-1", "--", "echo", "in")).Ended(0).Out.Trim());
        var again = (await Own.RunAsync("cluster", "rotate-keys", "node", "-o", "json")).Ended(0).Json;
        Assert.Equal((2, 2, 0), ((int)again["nodes"]!, (int)again["nodes_done"]!, again["keys_kept"]!.AsArray().Count));
        await Task.WhenAll(RotatedAsync("node-web-1"), RotatedAsync("node-db-1"));

        (await Own.RunAsync("cluster", "rotate-keys", "group", "--group", "web")).Ended(0);
        await RotatedAsync("group-web-1");
        Assert.Equal(File.ReadAllText(old["group-db-1"]), File.ReadAllText(KeyOf("group-db-1")));

        // One of those that share a key is off: all keep it, and change it once that one is back.
        (await Own.RunAsync("cluster", "stop", "cluster", "--only", "db", "--force", "--yes")).Ended(0);
        var kept = (await Own.RunAsync("cluster", "rotate-keys", "cluster", "--node", "cluster-web-1")).Ended(7);
        Assert.Contains("cluster-db-1 is off: it keeps its old key", kept.Error, StringComparison.Ordinal);
        Assert.Contains("the old key still opens cluster-db-1, cluster-web-1", kept.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await SshAsync("cluster-web-1", "lctadmin", old["cluster-web-1"])).Code);
        (await Own.RunAsync("cluster", "start", "cluster")).Ended(0);
        (await Own.RunAsync("cluster", "rotate-keys", "cluster")).Ended(0);
        await Task.WhenAll(RotatedAsync("cluster-web-1"), RotatedAsync("cluster-db-1"));

        await Own.Cloud.SendAsync("POST", $"/v4/linode/instances/{(await MachineAsync("node-web-1")).Id}/reboot");
        await Fleet.UntilAsync(
            async () => await Own.ExecAsync("node-web-1", "cat /proc/sys/kernel/random/boot_id") is { Code: 0 } now && now.Out.Trim() != boots,
            "another boot of node-web-1");
        await RotatedAsync("node-web-1");
        await RefusedAsync("node-web-1", "root", old["node-web-1"]);
        Assert.Equal(0, (await SshAsync("node-web-1", "root", KeyOf("node-web-1"))).Code);
        Assert.Equal(0, (await SshAsync("node-web-1", "root", Own.At("mine"))).Code);
        var stored = Directory.GetFiles(Path.Combine(Own.Kept, "data/secrets/clusters"), "admin-key*", SearchOption.AllDirectories);
        Assert.Equal(5, stored.Length);
        Assert.All(stored, file => Assert.Equal("admin-key", Path.GetFileName(file)));

        async Task RotatedAsync(string node)
        {
            await RefusedAsync(node, "lctadmin", old[node]);
            var said = (await SshAsync(node, "lctadmin", KeyOf(node), "stat", "-c", "'%a %U %n'", ".ssh/authorized_keys")).Ended(0);
            Assert.Equal("600 lctadmin .ssh/authorized_keys", said.Out.Trim());
        }
    }

    private static IEnumerable<string> Nodes => Sharings.SelectMany(sharing => new[] { $"{sharing}-web-1", $"{sharing}-db-1" });

    private Task<Finished> CreateAsync(string sharing) => Own.RunAsync("cluster", "create", sharing, Own.Write($"{sharing}.yaml", $$"""
        version: 1
        ssh: { keys: {{sharing}} }
        defaults: { type: g6-nanode-1, image: debian 12, nodenames: '{{sharing}}-{group}-{counter}' }
        regions:
        - region: us-east
          nodes: [{ name: web }, { name: db }]
        """));

    private async Task RefusedAsync(string node, string user, string key)
    {
        var refused = (await SshAsync(node, user, key)).Ended(255);
        Assert.Contains("Permission denied (publickey)", refused.Error, StringComparison.Ordinal);
    }

    private string KeyOf(string node)
    {
        var (sharing, group) = (node.Split('-')[0], node.Split('-')[1]);
        return Path.Combine(Own.Kept, "data/secrets/clusters", ids[sharing], sharing switch
        {
            "node" => $"nodes/{node}/admin-key",
            "group" => $"groups/us-east/{group}/admin-key",
            _ => "admin-key",
        });
    }

    private string Copy(string key, string name)
    {
        File.Copy(key, Own.At(name));
        return Own.At(name);
    }

    private async Task<(long Id, string Address)> MachineAsync(string node)
    {
        var machine = (await Own.Cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray().Single(one => (string)one!["label"]! == node)!;
        return ((long)machine["id"]!, ((string)machine["addresses"]![0]!).Split('/')[0]);
    }

    // A login of its own, past whatever the tool holds open.
    private async Task<Finished> SshAsync(string node, string user, string key, params string[] command)
    {
        var (id, address) = await MachineAsync(node);
        return await Program.RunAsync("ssh", [
            "-F", "/dev/null", "-i", key, "-o", $"HostKeyAlias=linode-{id}", "-o",
            $"UserKnownHostsFile={Path.Combine(Own.Kept, "data/ssh", ids[node.Split('-')[0]], "known_hosts")}",
            "-o", "GlobalKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes",
            "-o", "IdentityAgent=none", "-o", "ConnectTimeout=30", "-o", "LogLevel=ERROR", $"{user}@{address}", "--",
            .. command.Length == 0 ? ["true"] : command]);
    }
}
