using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>One day of a cluster on real hosts: made while things go wrong, tried once more when they no longer do, looked into, deleted.</summary>
internal sealed class HostDay
{
    private const string Cluster = "shop";

    /// <summary>Twelve nodes: disks of their own, volumes, balancers, accounts, services, an order among them, something run at its end.</summary>
    private const string Plan = """
        version: 1
        network: { private: ip }
        users:
          ops:
            groups: [{ name: ops, gid: 1500 }]
            users: [{ name: deploy, uid: 1501, groups: [ops], sudo: yes }]
        storage:
          db:
          - { label: boot, size: 80%, fs: ext4, boot: yes }
          - { label: swap, size: 20%, fs: swap }
          - { label: data, size: 10GB, type: blockstore, fs: xfs, mount: /mnt/data }
        services:
          http: { ports: [80/tcp], from: anywhere }
          sql: { ports: [3306/tcp], from: [front] }
        defaults: { type: g6-nanode-1, image: debian 12, users: [ops], nodenames: '{group}-{region}-{counter}' }
        regionplans:
        - name: all
          nodes:
          - name: web
            count: 3
            tags: [front]
            provides: [http]
            uses: [sql]
            depends-on: [db]
            init: { clusterstarted: [{ name: 'shell:inline', inline: echo run >>/srv/runs }] }
          - { name: db, storage: db, provides: [sql] }
          - { name: app, count: 2 }
          nodebalancers:
          - { name: gate, tag: front, port: 80, protocol: http }
        regions:
        - { region: us-east, regionplan: all }
        - { region: eu-central, regionplan: all }
        """;

    /// <summary>What each node tells of its inside; the same on all days, whatever its addresses are.</summary>
    private const string Look = """
        id deploy
        nft list chain inet lct input | grep -o 'policy drop'
        for set in in4 out4; do nft list set inet lct $set 2>/dev/null; done | grep -oE '[0-9]+([.][0-9]+){3}' | sort -u | wc -l
        swapon --noheadings --show=TYPE | sort -u
        findmnt -rno FSTYPE /mnt/data
        sort -u /srv/runs
        ls -A /etc/lct
        """;

    private readonly long? day;
    private readonly Desk desk;
    private readonly List<string> wrong = [], said = [];
    private string first = "", second = "", met = "", troubles = "";

    private HostDay(long? day, Desk desk) => (this.day, this.desk) = (day, desk);

    /// <summary>What should not be.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>What the commands said.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>What stands, and what is inside it, after a day without any trouble.</summary>
    public static async Task<IReadOnlyList<string>> CalmAsync()
    {
        await using var desk = await SitDownAsync();
        var calm = new HostDay(null, desk);
        (await calm.CreateAsync()).Ended(0);
        IReadOnlyList<string> stands = [.. await calm.StandsAsync()];
        await calm.EndAsync();
        Assert.Empty(calm.wrong);
        return stands;
    }

    public static async Task<HostDay> PlayAsync(long number, IReadOnlyList<string> calm)
    {
        await using var desk = await SitDownAsync("--seed", $"{number}", "--fault", $"bad-day={number}");
        var day = new HostDay(number, desk);
        var made = await day.CreateAsync();
        await day.NamedAsync(made);
        await day.LiftAsync();
        if (made.Code != 0)
        {
            await day.RetryAsync();
        }

        // What somebody does in the console once the run has ended is nothing that the run could know; a retry sees all that was done before it.
        if (made.Code != 0 || !day.met.Contains("console", StringComparison.Ordinal))
        {
            var stands = await day.StandsAsync();
            day.wrong.AddRange(calm.Except(stands).Select(line => $"missing: {line}"));
            day.wrong.AddRange(stands.Except(calm).Select(line => $"too much: {line}"));
        }

        await day.EndAsync();
        return day;
    }

    public override string ToString() =>
        $"day {day}: {met}; {first}{troubles}{second}; {(wrong.Count == 0 ? "as planned" : string.Join(" | ", wrong))}";

    private static async Task<Desk> SitDownAsync(params string[] options)
    {
        var desk = Desk.SitDown(await Cloud.StartAsync(["--hosts", "machines", "--latency", "fast", .. options]));
        desk.Environment["LINODETOOL_REMOTE"] = "openssh";
        desk.Write("plan.yaml", Plan);
        return desk;
    }

    /// <summary>With less patience than usual, so that a boot without an end is not waited for all day.</summary>
    private async Task<Finished> CreateAsync()
    {
        (desk.Environment["LINODETOOL_CLOUD_WAIT"], desk.Environment["LINODETOOL_SSH_WAIT"]) = day is null ? ("5m", "5m") : ("60s", "60s");
        var made = await desk.RunAsync("cluster", "create", Cluster, "plan.yaml");
        desk.Environment.Remove("LINODETOOL_CLOUD_WAIT");
        desk.Environment.Remove("LINODETOOL_SSH_WAIT");
        said.Add(made.Error);
        first = Ending("create", made);
        return made;
    }

    private async Task RetryAsync()
    {
        var again = await desk.RunAsync("cluster", "retry", Cluster);
        said.Add(again.Error);
        second = ", " + Ending("retry", again);
        wrong.AddRange(again.Code == 0 ? [] : [$"when nothing was wrong any more, the retry ended {again.Code}"]);
    }

    /// <summary>Each node is ready, or it is said why it is not.</summary>
    private async Task NamedAsync(Finished made)
    {
        wrong.AddRange(made.Code is 0 or 7 ? [] : [$"it ended {made.Code}"]);
        var nodes = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray().OfType<JsonNode>().ToList();
        wrong.AddRange(nodes.Count == 12 ? [] : [$"{nodes.Count} nodes are known"]);
        var reasons = new List<string>();
        foreach (var node in nodes.Where(node => (string)node["state"]! != "ready"))
        {
            var (label, state) = ((string)node["label"]!, (string)node["state"]!);
            var story = (await desk.RunAsync("node", "why", label, "-o", "json")).Ended(0).Json;
            var reason = (string?)node["failure"]
                ?? story["steps"]!.AsArray().Select(step => (string?)step!["problem"]).FirstOrDefault(text => text is not null);
            wrong.AddRange(made.Code == 0 || reason is null ? [$"{label} is {state} because of {reason ?? "nothing that is told"}\n{story}"] : []);
            reasons.Add($"{label} {state}: {reason?.Split(' ')[0]}");
        }

        troubles = reasons.Count == 0 ? "" : $" [{string.Join(", ", reasons)}]";
    }

    private async Task LiftAsync()
    {
        var rules = (await desk.Cloud.SendAsync("GET", "/_emulator/faults")).AsArray();
        met = string.Join(", ", rules.Select(rule => $"{rule!["spec"]} x{rule["struck"]}"));
        await desk.Cloud.MendAsync();
    }

    /// <summary>What the account has, and what the nodes have inside.</summary>
    private async Task<List<string>> StandsAsync()
    {
        var lines = (await Standing.OfAsync(desk.Cloud)).ToList();
        var nodes = await desk.Cloud.ListAsync("linode/instances");
        var guarded = (await desk.Cloud.ListAsync("networking/firewalls"))
            .Select(firewall => desk.Cloud.ListAsync($"networking/firewalls/{firewall["id"]}/devices"));
        var devices = (await Task.WhenAll(guarded)).SelectMany(device => device).Select(device => device["entity"]!)
            .Where(entity => (string)entity["type"]! == "linode").Select(entity => (long)entity["id"]!).ToList();
        lines.AddRange(nodes.Select(node => $"{node["label"]} has {devices.Count(id => id == (long)node["id"]!)} firewall"));

        var names = string.Join(' ', nodes.Select(node => (string)node["label"]!));
        var ask = $"{Look}\nfor name in {names}; do echo \"= $name $(getent ahostsv4 $name | head -n 1 | cut -d ' ' -f 1)\"; done";
        var asked = await desk.RunAsync("cluster", "exec", Cluster, "--as-root", "-o", "json", "--", ask);
        said.Add(asked.Error);
        var addresses = nodes.ToDictionary(
            node => (string)node["label"]!, node => node["ipv4"]!.AsArray().Select(address => (string)address!).ToList());
        foreach (var row in asked.Ended(0).Json.AsArray())
        {
            var told = ((string)row!["stdout"]!).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .ToLookup(line => line.StartsWith("= ", StringComparison.Ordinal));
            lines.Add($"inside {row["node"]}: {string.Join(" / ", told[false])}");
            lines.AddRange(told[true].Select(line => line.Split(' ')).Where(words => !addresses[words[1]].Contains(words[2]))
                .Select(words => $"{row["node"]} looks for {words[1]} at {words[2]}"));
        }

        return lines;
    }

    /// <summary>Deletes it: then nothing is left in the account, nor on this machine.</summary>
    private async Task EndAsync()
    {
        var folder = await ShopOnMachinesTests.FolderAsync(desk.Cloud);
        var number = await File.ReadAllTextAsync($"{folder}/number");
        var deleted = await desk.RunAsync("cluster", "delete", Cluster, "--yes");
        said.Add(deleted.Error);
        wrong.AddRange(deleted.Code == 0 ? [] : [$"its deletion ended {deleted.Code}"]);
        var left = await desk.Cloud.ContentAsync();
        wrong.AddRange(left == "0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls" ? [] : [$"left in the account: {left}"]);
        await desk.Cloud.StopAsync();
        var (clock, things) = (Stopwatch.StartNew(), await LeftAsync());
        while (things.Count > 0 && clock.Elapsed < TimeSpan.FromMinutes(1))
        {
            await Task.Delay(200);
            things = await LeftAsync();
        }

        wrong.AddRange(things.Select(thing => $"left on this machine: {thing}"));

        // Nothing that could be told from what the emulator of another day made, which has taken the number meanwhile.
        async Task<List<string>> LeftAsync()
        {
            var holder = $"/run/linode-emulator/{number}/folder";
            return File.Exists(holder) && await File.ReadAllTextAsync(holder) != folder ? [] : await ShopOnMachinesTests.LeftAsync(folder, number);
        }
    }

    private static string Ending(string verb, Finished run) =>
        string.Create(CultureInfo.InvariantCulture, $"{verb} {run.Code} in {run.Elapsed.TotalSeconds:0} s");
}
