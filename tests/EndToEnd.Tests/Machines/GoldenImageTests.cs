namespace EndToEnd.Tests.Machines;

/// <summary>A host that was set up once, and others that are copies of it: they have what it has, and are nobody but themselves.</summary>
[Collection("lives of machines")]
public sealed class GoldenImageTests : IAsyncLifetime
{
    private const string HostKey = "cut -d' ' -f2 /etc/ssh/ssh_host_ed25519_key.pub";
    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync();

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task What_one_plan_has_built_is_on_the_hosts_of_another_and_each_has_a_name_and_keys_of_its_own()
    {
        await BuildAsync();
        var before = await Own.AskAsync("forge-web-1", "cat /proc/sys/kernel/random/boot_id");

        var made = (await Own.RunAsync("image", "create", "forge-web-1", "--label", "golden", "--stop", "--yes", "-o", "json")).Ended(0).Json;
        Assert.Equal("golden available true true", $"{made["label"]} {made["status"]} {made["cloud_init"]} {made["ours"]}");

        // The host that it was made of is back, tidied up, and itself.
        Assert.NotEqual(before, await Own.AskAsync("forge-web-1", "cat /proc/sys/kernel/random/boot_id"));
        Assert.Equal("0", await Own.AskAsync("forge-web-1", "find /etc -name '*copy*' -path '*lct*' | wc -l"));
        var twice = (await Own.RunAsync("image", "create", "forge-web-1", "--label", "golden", "-o", "json")).Ended(0);
        Assert.Equal((string)made["id"]!, (string)twice.Json["id"]!);
        Assert.Contains("there already", twice.Error, StringComparison.Ordinal);

        (await Own.RunAsync("cluster", "create", "copies", CopiesPlan("golden"))).Ended(0);
        string[] all = ["forge-web-1", "copies-app-1", "copies-app-2"];
        foreach (var copy in all[1..])
        {
            Assert.Equal("built once\n/opt/thing/run", await Own.AskAsync(copy, "cat /opt/thing/note; ls /opt/thing/run"));
            await ThemselvesAsync(copy);
        }

        foreach (var question in new[] { HostKey, "cat /etc/machine-id", "cat /home/lctadmin/.ssh/authorized_keys" })
        {
            var answers = await Task.WhenAll(all.Select(node => Own.AskAsync(node, question)));
            Assert.True(answers.Distinct(StringComparer.Ordinal).Count() == all.Length, $"{question}: {string.Join(" | ", answers)}");
        }

        // What the first plan had mounted, opened and done at boots is no business of theirs.
        Assert.Equal("0", await Own.AskAsync("copies-app-1", "grep -c UUID /etc/fstab; ls /run/booted-as-forge /etc/lct/boot.d /etc/lct/ports.nft 2>/dev/null || :"));

        // Whoever of the first plan had a key is not let in by it here, and its ports are shut.
        Assert.Equal("no", await Own.AskAsync("copies-app-1", "test -e /home/smith/.ssh/authorized_keys && echo yes || echo no"));
        Assert.Equal("yes", await Own.AskAsync("forge-web-1", "test -e /home/smith/.ssh/authorized_keys && echo yes || echo no"));

        // They stay who they are.
        (await Own.RunAsync("cluster", "restart", "copies", "--yes")).Ended(0);
        await ThemselvesAsync("copies-app-1");
        (await Own.RunAsync("cluster", "create", "copies", CopiesPlan("golden"))).Ended(0);

        var used = (await Own.RunAsync("image", "delete", "golden", "--yes")).Ended(5);
        Assert.Contains("copies", used.Error, StringComparison.Ordinal);
        (await Own.RunAsync("cluster", "delete", "copies", "--yes")).Ended(0);
        (await Own.RunAsync("image", "delete", "golden", "--yes")).Ended(0);
        Assert.Equal("[]", (await Own.RunAsync("image", "list", "-o", "json")).Ended(0).Out.Trim());
    }

    [MachinesFact]
    public async Task An_image_of_a_host_that_goes_on_working_makes_hosts_as_well()
    {
        await BuildAsync();
        var live = (await Own.RunAsync("image", "create", "forge-web-1", "--label", "live")).Ended(0);
        Assert.Contains("runs while its disk is copied", live.Error, StringComparison.Ordinal);
        (await Own.RunAsync("cluster", "create", "copies", CopiesPlan("live"))).Ended(0);
        Assert.Equal("built once", await Own.AskAsync("copies-app-2", "cat /opt/thing/note"));
        await ThemselvesAsync("copies-app-2");
    }

    private async Task BuildAsync()
    {
        (await Own.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C '' -f ~/smith")).Ended(0);
        Own.Write("thing.sh", "mkdir -p /opt/thing && echo 'built once' >/opt/thing/note && touch /opt/thing/run\n");
        var plan = Own.Write("forge.yaml", """
            version: 1
            name: forge
            users:
              smiths:
                users: [{ name: smith, login: yes, sudo: yes, keys: [smith.pub] }]
            services:
              http: { ports: [80/tcp], from: anywhere }
            storage:
              kept: [{ label: data, size: 10GB, type: blockstore, fs: ext4, mount: /mnt/data }]
            regions:
            - region: us-east
              nodes:
              - name: web
                type: g6-nanode-1
                image: debian 12
                nodenames: '{cluster}-{group}-{counter}'
                users: [smiths]
                provides: [http]
                storage: kept
                init:
                  firstboot: [{ name: 'shell:thing.sh' }]
                  boot: [{ name: 'shell:inline', inline: 'touch /run/booted-as-forge' }]
            """);
        (await Own.RunAsync("cluster", "create", "forge", plan)).Ended(0);
        Assert.Equal("/run/booted-as-forge", await Own.AskAsync("forge-web-1", "mountpoint -q /mnt/data && ls /run/booted-as-forge"));
    }

    private string CopiesPlan(string image) => Own.Write("copies.yaml", $$"""
        version: 1
        name: copies
        regions:
        - region: us-east
          nodes:
          - name: app
            count: 2
            type: g6-nanode-1
            image: {{image}}
            nodenames: '{cluster}-{group}-{counter}'
        """);

    /// <summary>Its own name, its own firewall, and a closed door.</summary>
    private async Task ThemselvesAsync(string node)
    {
        var host = await Own.AskAsync(node, "hostname; cat /etc/hostname; grep -c 'lct own' /etc/hosts; grep -c forge /etc/hosts || :");
        Assert.Equal($"{node}\n{node}\n1\n0", host);
        Assert.Equal("ok", await Own.AskAsync(node, "nft list table inet lct >/dev/null && sshd -T | grep -qx 'passwordauthentication no' && echo ok"));
        Assert.Equal("running", await Own.AskAsync(node, "systemctl is-system-running --wait || systemctl --failed --no-legend"));
    }
}
