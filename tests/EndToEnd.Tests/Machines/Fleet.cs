using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>Tests that look at one fleet, one after another.</summary>
[CollectionDefinition("machines")]
public sealed class OnMachines : ICollectionFixture<Fleet>;

/// <summary>A cluster of real hosts in two regions, made once by the real programs while it is scanned, asked for passwords and searched for secrets all the time; every
/// host has a canary that listens from the first moment on.</summary>
public sealed class Fleet : IAsyncLifetime
{
    public const string Web = "shop-us-east-web-1", Web2 = "shop-us-east-web-2", Db = "shop-us-east-db-1", App = "shop-eu-central-app-1",
        Talker = "shop-eu-central-talker-1";

    public static readonly string[] All = [Web, Web2, Db, App, Talker];

    private const string Plan = """
        version: 1
        network: { private: ip }
        users:
          ops:
            groups: [{ name: ops, gid: 1500 }]
            users:
            - { name: deploy, uid: 1501, groups: [ops, adm], sudo: yes, login: yes, keys: [key.pub] }
            - { name: guest, uid: 1502, groups: [ops], login: yes, keys: [key.pub] }
            - { name: batch, uid: 1503 }
        storage:
          db:
          - { label: boot, size: 80%, fs: ext4, boot: yes }
          - { label: swap, size: 20%, fs: swap }
          - { label: data, size: 10GB, type: blockstore, fs: xfs, mount: /mnt/data }
        defaults: { type: g6-nanode-1, image: debian 12, users: [ops] }
        regions:
        - region: us-east
          nodes: [{ name: web, count: 2 }, { name: db, storage: db }]
        - region: eu-central
          nodes: [{ name: app }, { name: talker, uses: [dns, metadata, ping] }]
        """;

    // Of this run alone: others on this machine may use what a text here says.
    private readonly string token = $"token-{Guid.NewGuid():N}", password = $"password-{Guid.NewGuid():N}";

    private CanaryRoot? root;

    internal Desk Desk { get; private set; } = null!;

    internal Cloud Cloud => Desk.Cloud;

    /// <summary>What the scanner saw from before the first link came up until the fleet was ready.</summary>
    internal Scanner Scan { get; private set; } = null!;

    internal PasswordProbe Asked { get; private set; } = null!;

    internal SecretWatch Watched { get; private set; } = null!;

    /// <summary>The run that made it, with everything said that can be said.</summary>
    internal Finished Made { get; private set; } = null!;

    /// <summary>Lynis at work on a host that nothing else looks at.</summary>
    internal Task<string>? Lynis { get; private set; }

    public async Task InitializeAsync()
    {
        if (MachinesFactAttribute.Missing is not null)
        {
            return;
        }

        root = await CanaryRoot.MakeAsync();
        Desk = Desk.SitDown(await Cloud.StartAsync(root.Environment, "--hosts", "machines"));
        Desk.Environment["LINODETOOL_REMOTE"] = "openssh";
        Desk.Environment.Remove("LINODETOOL_TOKEN");
        (await Desk.ShellAsync($"printf '%s' '{token}' | linodetool secret set personal-token -")).Ended(0);
        (await Desk.ShellAsync($"printf '%s' '{password}' | linodetool secret set default-root-password -")).Ended(0);
        (await Desk.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C '' -f ~/key")).Ended(0);
        var plan = Desk.Write("plan.yaml", Plan);

        Watched = new SecretWatch(At("secrets"), new Dictionary<string, string> { ["token"] = token, ["root password"] = password });
        await using (Asked = new PasswordProbe(Cloud))
        await using (Scan = new Scanner(Cloud))
        {
            Made = await Desk.RunAsync("cluster", "create", "shop", plan, "--debug", "-vv", "--events", "events.jsonl");
        }

        await Watched.DisposeAsync();
        Made.Ended(0);
        Lynis = Program.Find("lynis") is null ? null : Judge.LynisAsync(this, Web2);
    }

    public async Task DisposeAsync()
    {
        if (root is not null)
        {
            await (Lynis ?? Task.CompletedTask);
            await Cloud.StopAsync();
            await Desk.DisposeAsync();
            await root.DisposeAsync();
        }
    }

    /// <summary>A path below what the toolkit keeps.</summary>
    internal string At(string path) => Path.Combine(Desk.Kept, "data", path);

    internal async Task<JsonNode> MachineAsync(string label) =>
        (await Cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray().Single(machine => (string)machine!["label"]! == label)!;

    internal async Task<IReadOnlyList<string>> AddressesAsync(string label) =>
        [.. (await MachineAsync(label))["addresses"]!.AsArray().Select(address => ((string)address!).Split('/')[0])];

    /// <summary>The namespace next to a host, and an address there.</summary>
    internal async Task<(string Space, string Address)> StrangerAsync(string label)
    {
        var region = (string)(await MachineAsync(label))["region"]!;
        var stranger = (await Cloud.SendAsync("GET", "/_emulator/machines"))["strangers"]!.AsArray().Single(one => (string)one!["region"]! == region)!;
        return ((string)stranger["namespace"]!, (string)stranger["addresses"]![0]!);
    }

    /// <summary>What the folders of a host's cluster are called.</summary>
    internal string ClusterOf(string label) => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(AdminKey(label)))))!;

    internal string AdminKey(string label) => Directory.GetFiles(At("secrets/clusters"), "admin-key", SearchOption.AllDirectories)
        .Single(file => file.Contains($"/nodes/{label}/", StringComparison.Ordinal));

    internal string KnownHosts(string label) => At($"ssh/{ClusterOf(label)}/known_hosts");

    /// <summary>Runs a script on a host as root, by way of the admin account.</summary>
    internal Task<Finished> AsRootAsync(string label, string script) => SshAsync(label, "lctadmin", AdminKey(label), script, "sudo", "-n", "sh", "-s");

    /// <summary>The same, and what it said, which it must have said without failing.</summary>
    internal async Task<string> AskAsync(string label, string script) => (await AsRootAsync(label, script)).Ended(0).Out.Trim();

    /// <summary>Logs in as somebody; the host key is the one the toolkit knows, and no other.</summary>
    internal async Task<Finished> SshAsync(string label, string user, string key, string input, params string[] command)
    {
        var machine = await MachineAsync(label);
        return await Program.FeedAsync(input, "ssh", [
            "-F", "/dev/null", "-i", key, "-o", $"HostKeyAlias=linode-{machine["id"]}", "-o", $"UserKnownHostsFile={KnownHosts(label)}", "-o",
            "GlobalKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "ConnectTimeout=5", "-o",
            "LogLevel=ERROR", $"{user}@{((string)machine["addresses"]![0]!).Split('/')[0]}", "--", .. command]);
    }

    /// <summary>Reboots a host through the API and comes back when it lets us in again.</summary>
    internal async Task RebootAsync(string label)
    {
        var boot = await AskAsync(label, "cat /proc/sys/kernel/random/boot_id; touch /run/before");
        await Cloud.SendAsync("POST", $"/v4/linode/instances/{(await MachineAsync(label))["id"]}/reboot");
        await UntilAsync(async () => await AsRootAsync(label, "[ ! -e /run/before ]") is { Code: 0 }, $"another boot of {label} than {boot}");
    }

    /// <summary>The Cloud Firewalls let everything through, or guard again.</summary>
    internal async Task SetFirewallsAsync(string status)
    {
        foreach (var firewall in await Cloud.ListAsync("networking/firewalls"))
        {
            await Cloud.SendAsync("PUT", $"/v4/networking/firewalls/{firewall["id"]}", $$"""{"status":"{{status}}"}""");
        }
    }

    internal static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var until = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < until, $"it did not come to this: {what}");
            await Task.Delay(100);
        }
    }
}
