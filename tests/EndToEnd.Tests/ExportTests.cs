using System.Text.Json.Nodes;
using EndToEnd.Tests.Machines;

namespace EndToEnd.Tests;

/// <summary>Exports and integrations in the hands of those they are for: OpenSSH, Ansible and bash, on real hosts made once for all.</summary>
[Collection("exports")]
public sealed class ExportTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        network: { private: ip }
        defaults: { type: g6-nanode-1, image: debian 12 }
        regions:
        - region: us-east
          nodes:
          - { name: web, count: 2, tags: [front end], nodenames: 'web-{counter}' }
          - { name: db, nodenames: 'db-{counter}' }
          nodebalancers: [{ name: lb, tag: web, port: 80 }]
        """;

    private Desk desk = null!;

    private string Own => Path.Combine(desk.Kept, "data", "exports", "clusters", "shop");

    public async Task InitializeAsync()
    {
        // Ansible works on nodes by their python, which a system has that Ansible itself is on.
        if (MachinesFactAttribute.Missing is null && Program.Find("ansible") is not null)
        {
            desk = (await Hosts.SitDownAsync(Hosts.Packages))!;
            (await desk.RunAsync("cluster", "create", "shop", desk.Write("plan.yaml", Plan))).Ended(0);
        }
    }

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact("ansible")]
    public async Task Each_works_as_it_is()
    {
        await AnsiblePingsAsync();
        await SshGetsInAsync();
        await SshGoesByTheWayOfTheToolAsync();
        await OthersTakeTheRestAsync();
        await InventoriesAreAskedForAsync();
        await BashWorksAsync();
        await TheModuleBringsAboutAsync();
    }

    private async Task AnsiblePingsAsync()
    {
        var said = (await desk.RunAsync("cluster", "export", "shop", "--format", "ansible", "-f", "inventory.yaml")).Ended(0);
        Assert.Equal("", said.Out);
        Assert.Contains($"note: 3 private keys for 3 nodes in {Own}", said.Error, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(desk.At("inventory.yaml")));

        Assert.Equal("db-1 web-1 web-2", Pinged(await AnsibleAsync("ansible", "-i", "inventory.yaml", "all", "-m", "ping", "-o")));
        Assert.Equal("web-1 web-2", Pinged(await AnsibleAsync("ansible", "-i", "inventory.yaml", "us_east:shop:&front_end", "-m", "ping", "-o")));
        const string Facts = "echo {{ lct_host }} {{ lct_ordinal }} {{ lct_tags[0] }} {{ lct_nodes_db }}";
        var told = await AnsibleAsync("ansible", "-i", "inventory.yaml", "web-2", "-o", "-m", "command", "-a", Facts);
        Assert.Contains("web-2 2 front end db-1", told.Ended(0).Out, StringComparison.Ordinal);
        var warned = (await desk.RunAsync("cluster", "export", "shop", "--format", "ansible", "-f", "hosts.ini")).Ended(0);
        Assert.Contains("note: its reader goes by the end of a file's name: .yaml, .yml or none", warned.Error, StringComparison.Ordinal);
    }

    private async Task SshGetsInAsync()
    {
        (await desk.RunAsync("cluster", "export", "shop", "--format", "ssh-config", "-f", "shop.conf", "--keys", "keys")).Ended(0);
        Assert.Equal("web-1 lctadmin", (await desk.ShellAsync("ssh -F shop.conf web-1 'echo $(hostname) $(id -un)' </dev/null")).Ended(0).Out.Trim());

        // Included in the user's own configuration it does the same, and whoever shows another key is not talked to.
        desk.Write(".ssh/config", $"Include {desk.At("shop.conf")}\n");
        Assert.Equal("db-1", (await desk.ShellAsync($"ssh -F {desk.At(".ssh/config")} db-1 hostname </dev/null")).Ended(0).Out.Trim());
        var known = File.ReadAllText(desk.At("keys/known_hosts"));
        var keys = known.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)).ToList();
        desk.Write("keys/known_hosts", string.Concat(keys.Select((key, at) => $"{key[0]} {keys[(at + 1) % keys.Count][1]}\n")));
        var refused = (await desk.ShellAsync("ssh -F shop.conf web-1 true </dev/null")).Ended(255);
        Assert.Contains("Host key verification failed", refused.Error, StringComparison.Ordinal);

        (await desk.RunAsync("cluster", "export", "shop", "--format", "ssh-config", "-f", "shop.conf", "--keys", "keys")).Ended(0);
        Assert.Equal(known, File.ReadAllText(desk.At("keys/known_hosts")));
        Assert.Equal(0, (await desk.ShellAsync("ssh -F shop.conf web-1 true </dev/null")).Code);
    }

    // A way of the user's own, as a jump host is one: what goes by it leaves a trace.
    private async Task SshGoesByTheWayOfTheToolAsync()
    {
        var trace = desk.At("trace");
        var tcp = $"exec {Program.Find("bash")} -c \"exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3\"";
        desk.Write("way", $"Host 198.*\n  ProxyCommand sh -c 'echo %h >> {trace}; {tcp}'\n");
        desk.Environment["LINODETOOL_SSH_CONFIG"] = desk.At("way");
        try
        {
            (await desk.RunAsync("cluster", "export", "shop", "--format", "ssh-config", "-f", "by-way.conf")).Ended(0);
            (await desk.RunAsync("cluster", "export", "shop", "--format", "ansible", "-f", "by-way.yaml")).Ended(0);
            Assert.Equal("web-1", (await desk.ShellAsync("ssh -F by-way.conf web-1 hostname </dev/null")).Ended(0).Out.Trim());
            Assert.Single(File.ReadAllLines(trace));
            desk.Environment["ANSIBLE_SSH_CONTROL_PATH_DIR"] = desk.At("cp"); // the connection that Ansible still holds went another way
            Assert.Equal("web-2", Pinged(await AnsibleAsync("ansible", "-i", "by-way.yaml", "web-2", "-m", "ping", "-o")));
            Assert.Equal(2, File.ReadAllLines(trace).Distinct().Count());
        }
        finally
        {
            desk.Environment.Remove("LINODETOOL_SSH_CONFIG");
            desk.Environment.Remove("ANSIBLE_SSH_CONTROL_PATH_DIR");
        }
    }

    private async Task OthersTakeTheRestAsync()
    {
        // What a resolver makes of the lines, in a root of its own.
        (await desk.RunAsync("cluster", "export", "shop", "--format", "hosts", "-f", "hosts")).Ended(0);
        var nodes = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray();
        foreach (var node in nodes)
        {
            var script = $"mount --bind hosts /etc/hosts && getent ahostsv4 {node!["label"]} && getent ahostsv4 {node["label"]}-private";
            var asked = (await Program.RunAsync("unshare", "-m", "sh", "-c", $"cd {desk.Home} && {script}")).Ended(0);
            Assert.Contains((string)node["public_ipv4"]!, asked.Lines[0], StringComparison.Ordinal);
            Assert.Contains((string)node["private_ipv4"]!, asked.Lines[^1], StringComparison.Ordinal);
        }

        var document = (await desk.RunAsync("cluster", "export", "shop", "--format", "json")).Ended(0).Json;
        Assert.Equal(Sorted(nodes), Sorted(document["nodes"]!.AsArray()));
        Assert.Equal(2, document["resources"]!.AsArray().Count);

        var blocks = (await desk.RunAsync("cluster", "export", "shop", "--format", "terraform-import")).Ended(0).Out;
        Assert.Equal(3, blocks.Split("to = linode_instance.").Length - 1);
        var balancer = (long)(await desk.Cloud.ListAsync("nodebalancers")).Single()["id"]!;
        var port = (long)(await desk.Cloud.ListAsync($"nodebalancers/{balancer}/configs")).Single()["id"]!;
        foreach (var backend in await desk.Cloud.ListAsync($"nodebalancers/{balancer}/configs/{port}/nodes"))
        {
            Assert.Contains($"id = \"{balancer},{port},{backend["id"]}\"", blocks, StringComparison.Ordinal);
        }

        var audit = (await desk.RunAsync("secret", "audit")).Ended(0);
        Assert.Contains("note: 3 key files written by cluster export", audit.Error, StringComparison.Ordinal);
    }

    private async Task InventoriesAreAskedForAsync()
    {
        var script = Build.Repository("integrations/ansible/linode_cluster_inventory");
        desk.Environment["LCT_CLUSTER"] = "shop";
        Assert.Equal("db-1 web-1 web-2", Pinged(await AnsibleAsync("ansible", "-i", script, "all", "-m", "ping", "-o")));
        Assert.Equal("{}", (await desk.ShellAsync($"{script} --host web-1")).Ended(0).Out.Trim());
        desk.Environment.Remove("LCT_CLUSTER");
        File.CreateSymbolicLink(desk.At("linode_cluster_inventory.shop"), script);
        Assert.Contains("\"web-1\"", (await desk.ShellAsync("./linode_cluster_inventory.shop --list")).Ended(0).Out, StringComparison.Ordinal);

        desk.Write("shop.linode_cluster.yml", """
            plugin: lct.linode.linode_cluster
            clusters: [shop]
            where: { lct_group: web }
            keyed_groups: [{ key: lct_type, prefix: type }]
            """);
        Assert.Equal("web-1 web-2", Pinged(await AnsibleAsync("ansible", "-i", "shop.linode_cluster.yml", "type_g6_nanode_1", "-m", "ping", "-o")));
        foreach (var kind in new[] { "inventory", "module" })
        {
            var described = JsonNode.Parse((await AnsibleAsync("ansible-doc", "-t", kind, "-j", "lct.linode.linode_cluster")).Ended(0).Out)!;
            Assert.NotNull(described["lct.linode.linode_cluster"]!["doc"]!["options"]);
            Assert.NotNull(described["lct.linode.linode_cluster"]!["examples"]);
        }
    }

    private async Task BashWorksAsync()
    {
        desk.Write("script.sh", $$"""
            set -euo pipefail
            . {{Build.Repository("integrations/bash/lct.sh")}}
            lct_create shop plan.yaml
            lct_wait shop started 1m
            echo "$(lct_state shop) $(lct_state sho)"
            lct_nodes shop 'front end' | xargs
            [[ $(lct_addresses shop | wc -l) == 3 ]]
            lct_run_all shop hostname | sort | xargs
            lct_run_tagged shop 'front end' 'echo $((20 + 2))' | sort | xargs
            greet() { [[ $2 == "$(lct_address shop "$1")" ]] && echo "hello $1" && cat; }
            lct_each shop 'front end' greet </dev/null
            lct_address shop nobody 2>/dev/null || echo "$?"
            lct_delete nobody
            false
            echo not here
            """);
        var ran = (await desk.ShellAsync("bash script.sh")).Ended(1);
        Assert.Equal(
            ["started absent", "web-1 web-2", "db-1: db-1 web-1: web-1 web-2: web-2", "web-1: 22 web-2: 22", "hello web-1", "hello web-2", "5"],
            ran.Lines);
    }

    private async Task TheModuleBringsAboutAsync()
    {
        desk.WritePlan("small.yaml", count: 2);
        desk.WritePlan("other.yaml", count: 3);
        Task<string> PlayAsync(string arguments, params string[] options)
        {
            desk.Write("play.yaml", $$$"""
                - hosts: localhost
                  connection: local
                  gather_facts: false
                  tasks:
                  - lct.linode.linode_cluster: { name: small, {{{arguments}}} }
                    register: it
                    ignore_errors: true
                  - copy:
                      dest: "{{{desk.At("it")}}}"
                      content: "{{ it.changed }} {{ it.cluster.state | default('none') }} {{ it.error.code | default('') }}"
                    check_mode: false
                """);
            return TellAsync(options);
        }

        async Task<string> TellAsync(string[] options)
        {
            var played = (await AnsibleAsync(["ansible-playbook", "play.yaml", .. options])).Ended(0);
            var absent = played.Out.Contains("\"state\": \"absent\"", StringComparison.Ordinal);
            return $"{File.ReadAllText(desk.At("it")).Trim()}{(absent ? " from or to nothing" : "")}";
        }

        // The hosts of this one are not needed: what is made of it is what the module is told.
        desk.Environment["LINODETOOL_REMOTE"] = "recorder";
        var before = (await desk.Cloud.WritesAsync()).Count;
        Assert.Equal("True none from or to nothing", await PlayAsync("plan: small.yaml", "--check", "--diff"));
        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);
        Assert.Equal("True started", await PlayAsync("plan: small.yaml"));
        Assert.Equal("False started", await PlayAsync("plan: small.yaml"));
        Assert.Equal("True stopped", await PlayAsync("state: stopped"));
        Assert.Equal("False stopped", await PlayAsync("plan: small.yaml, state: present"));
        Assert.Equal("True started", await PlayAsync("state: started"));

        // Another plan, and another size: what would be lost stays unless that is allowed, and is no change.
        Assert.Equal("True started", await PlayAsync("plan: other.yaml", "--check"));
        Assert.Equal("True started", await PlayAsync("plan: other.yaml"));
        Assert.Equal("False started", await PlayAsync("plan: other.yaml"));
        Assert.Equal("True started", await PlayAsync("scale: { web: 4 }"));
        Assert.Equal("False started", await PlayAsync("scale: { web: 4 }"));
        Assert.Equal("True none from or to nothing", await PlayAsync("state: absent", "--diff"));
        Assert.Equal("False none", await PlayAsync("state: absent"));
        desk.Environment["LINODETOOL_REMOTE"] = "openssh";
    }

    /// <summary>Ansible with our collection and no configuration of anybody's.</summary>
    private async Task<Finished> AnsibleAsync(params string[] words)
    {
        var collections = Directory.CreateDirectory(desk.At("collections/ansible_collections/lct"));
        if (!Directory.Exists(Path.Combine(collections.FullName, "linode")))
        {
            Directory.CreateSymbolicLink(Path.Combine(collections.FullName, "linode"), Build.Repository("integrations/ansible"));
        }

        desk.Environment["ANSIBLE_COLLECTIONS_PATH"] = desk.At("collections");
        desk.Environment["ANSIBLE_CONFIG"] = desk.Write("ansible.cfg", "");
        desk.Environment["ANSIBLE_NOCOLOR"] = "1";
        using var running = desk.Launch(Program.Find(words[0])!, words[1..]);
        return await running.EndAsync();
    }

    private static string Pinged(Finished ran) => string.Join(' ', ran.Ended(0).Lines
        .Where(line => line.Contains("SUCCESS", StringComparison.Ordinal) && line.Contains("pong", StringComparison.Ordinal))
        .Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));

    private static string[] Sorted(JsonArray nodes) => [.. nodes.Select(node => Sorted(node!.AsObject())).Order(StringComparer.Ordinal)];

    // Age and price are of the moment, and on no record.
    private static string Sorted(JsonObject node) =>
        string.Join(',', node.Where(member => member.Key is not ("age_seconds" or "price" or "price_monthly")).OrderBy(member => member.Key)
            .Select(member => $"{member.Key}={member.Value?.ToJsonString()}"));
}
