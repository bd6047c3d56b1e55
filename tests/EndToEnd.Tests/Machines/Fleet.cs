namespace EndToEnd.Tests.Machines;

/// <summary>Tests that look at one fleet, one after another.</summary>
[CollectionDefinition("machines")]
public sealed class OnMachines : ICollectionFixture<Fleet>;

/// <summary>A cluster of real hosts in two regions, made once by the real programs while it is scanned, asked for passwords and searched for secrets
/// all the time; every host has a canary that listens from the first moment on.</summary>
public sealed partial class Fleet : IAsyncLifetime
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
        (await Desk.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C '' -f ~/root")).Ended(0);
        (await Desk.RunAsync("secret", "set", "default-root-ssh-public-key", "~/root.pub")).Ended(0);
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
            var space = (string)(await MachineAsync(Web))["namespace"]!;
            await Cloud.StopAsync();
            Assert.Empty(await LeftoversAsync(space[..space.IndexOf('-', StringComparison.Ordinal)]));
            await Desk.DisposeAsync();
            await root.DisposeAsync();
        }
    }

    /// <summary>A path below what the toolkit keeps.</summary>
    internal string At(string path) => Path.Combine(Desk.Kept, "data", path);

    /// <summary>What bears the name of an emulator that has ended.</summary>
    private static async Task<IReadOnlyList<string>> LeftoversAsync(string space)
    {
        var runtime = $"/run/linode-emulator/{space[2..]}/";
        var namespaces = Directory.GetFiles("/run/netns").Select(file => Path.GetFileName(file))
            .Where(name => name == space || name.StartsWith($"{space}-", StringComparison.Ordinal));
        var mounts = (await File.ReadAllLinesAsync("/proc/mounts")).Where(line => line.Contains(runtime, StringComparison.Ordinal));
        var processes = (await Program.RunAsync("ps", "-eo", "args")).Lines.Where(line => line.Contains(runtime, StringComparison.Ordinal));
        var links = Directory.GetDirectories("/sys/class/net").Where(link => Path.GetFileName(link) == space);
        return [.. namespaces, .. mounts, .. processes, .. links];
    }
}
