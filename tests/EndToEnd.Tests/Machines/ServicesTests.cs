using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>What services of a plan open between real hosts: both ends of each link, and nothing else.</summary>
[Collection("services of machines")]
public sealed class ServicesTests : IAsyncLifetime
{
    private const int Sql = 3306, Web = 8000;

    // Nothing is said of private addresses: who calls whom in its region gets them.
    private const string Plan = """
        version: 1
        defaults: { type: g6-nanode-1, image: debian 12, nodenames: '{group}-{counter}' }
        services:
          sql: { ports: [3306/tcp], from: [front] }
          http: { ports: [8000/tcp], from: anywhere }
        regions:
        - region: us-east
          nodes:
          - { name: web, count: 2, tags: [front], provides: [http], uses: [sql] }
          - { name: db, provides: [sql] }
          - { name: other, uses: [http] }
        """;

    private Desk desk = null!;

    public async Task InitializeAsync() => desk = (await Hosts.SitDownAsync())!;

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task A_port_is_open_from_the_group_that_may_call_it_to_the_one_that_provides_it_and_nowhere_else_also_after_a_reboot()
    {
        (await desk.RunAsync("cluster", "create", "shop", desk.Write("plan.yaml", Plan))).Ended(0);
        Assert.Equal(["http-tcp 8000", "sql-tcp 3306", "ssh 22"], await CloudRulesAsync());
        var (db, web) = (await PrivateAsync("db-1"), (await AddressesAsync("web-1"))[0]);

        await ReachAsync(db, web);
        await RebootAsync("db-1");
        await ReachAsync(db, web);

        // Given anew the firewall keeps what is open, and what other ports there are stays closed.
        await ExecAsync("db-1", "/etc/lct/load");
        await ReachAsync(db, web);
        Assert.Equal("600", (await ExecAsync("db-1", "stat -c %a /etc/lct/ports.nft")).Out.Trim());

        // A node that goes is no peer any more; where that changes nothing, nothing is done.
        var gone = await PrivateAsync("web-2");
        Assert.Contains(gone, (await ExecAsync("db-1", "nft list set inet lct in4")).Out, StringComparison.Ordinal);
        (await desk.RunAsync("node", "delete", "web-2", "--yes")).Ended(0);
        Assert.DoesNotContain(gone, (await ExecAsync("db-1", "nft list set inet lct in4")).Out, StringComparison.Ordinal);
        Assert.Equal(["changed", "changed"], await PortRunsAsync("db-1"));
        Assert.Equal(["changed", "as it was"], await PortRunsAsync("web-1"));
        await ReachAsync(db, web);

        // A file that cannot be read leaves nothing but SSH.
        await ExecAsync("db-1", "echo 'this is no rule' >>/etc/lct/ports.nft");
        await RebootAsync("db-1");
        using var listener = Space.Listen(await NamespaceAsync("db-1"), db, Sql);
        Assert.Equal("silence", await Space.CallAsync(await NamespaceAsync("web-1"), db, Sql));

        // The next run that tells it of its peers puts that right.
        (await desk.RunAsync("node", "delete", "other-1", "--yes")).Ended(0);
        Assert.Equal("in", await Space.CallAsync(await NamespaceAsync("web-1"), db, Sql));
        Assert.Equal("silence", await Space.CallAsync((await StrangerAsync()).Space, db, Sql));
    }

    private async Task ReachAsync(string db, string web)
    {
        var (stranger, own) = await StrangerAsync();
        var space = await NamespaceAsync("db-1");
        using var sql = Space.Listen(space, db, Sql);
        using var beside = Space.Listen(space, db, Sql + 1);
        using var http = Space.Listen(await NamespaceAsync("web-1"), web, Web);
        var (caller, other) = (await NamespaceAsync("web-1"), await NamespaceAsync("other-1"));

        // Refused by the caller's own firewall, or dropped by that of the other end: of somebody else's host nothing else can be expected.
        Assert.Equal(
            "web sql: in, web beside: refused, other sql: refused, stranger sql: silence, stranger beside: silence, other http: in, "
            + "stranger http: in, db http: refused",
            string.Join(
                ", ",
                $"web sql: {await Space.CallAsync(caller, db, Sql)}", $"web beside: {await Space.CallAsync(caller, db, Sql + 1)}",
                $"other sql: {await Space.CallAsync(other, db, Sql)}", $"stranger sql: {await Space.CallAsync(stranger, db, Sql)}",
                $"stranger beside: {await Space.CallAsync(stranger, db, Sql + 1)}", $"other http: {await Space.CallAsync(other, web, Web)}",
                $"stranger http: {await Space.CallAsync(stranger, web, Web)}", $"db http: {await Space.CallAsync(space, web, Web)}"));
        Assert.NotEqual(own, db);
    }

    /// <summary>What each run of the step said at its end, from the node's log.</summary>
    private async Task<IReadOnlyList<string>> PortRunsAsync(string node)
    {
        var logs = Directory.EnumerateFiles(Path.Combine(desk.Kept, "state", "nodes"))
            .Single(file => Path.GetFileName(file).Contains(node, StringComparison.Ordinal));
        return [.. (await File.ReadAllTextAsync(logs)).Split("run ports:")[1..].Select(
            run => run.Split("= exit code")[0].Contains("lct done 0", StringComparison.Ordinal) ? "as it was" : "changed")];
    }

    private async Task<IEnumerable<string>> CloudRulesAsync() =>
        (await desk.Cloud.ListAsync("networking/firewalls")).Single()["rules"]!["inbound"]!.AsArray()
            .Select(rule => $"{rule!["label"]} {rule["ports"]}").Order(StringComparer.Ordinal);

    private async Task RebootAsync(string node)
    {
        await ExecAsync(node, "touch /run/before");
        await desk.Cloud.SendAsync("POST", $"/v4/linode/instances/{(await MachineAsync(node))["id"]}/reboot");
        const string booted = """[ ! -e /run/before ] && [ -z "$(systemctl list-jobs --no-legend)" ]""";
        await Fleet.UntilAsync(async () => (await ExecAsync(node, booted)).Code == 0, $"another boot of {node}");
    }

    private Task<Finished> ExecAsync(string node, string script) => desk.RunAsync("node", "exec", node, "--as-root", "--", "sh", "-c", script);

    private async Task<string> NamespaceAsync(string label) => (string)(await MachineAsync(label))["namespace"]!;

    private async Task<IReadOnlyList<string>> AddressesAsync(string label) =>
        [.. (await MachineAsync(label))["addresses"]!.AsArray().Select(address => ((string)address!).Split('/')[0])];

    private async Task<string> PrivateAsync(string label) =>
        (await AddressesAsync(label)).Single(address => address.StartsWith("192.168.", StringComparison.Ordinal));

    private async Task<(string Space, string Address)> StrangerAsync()
    {
        var stranger = (await desk.Cloud.SendAsync("GET", "/_emulator/machines"))["strangers"]!.AsArray().Single()!;
        return ((string)stranger["namespace"]!, (string)stranger["addresses"]![1]!);
    }

    private async Task<JsonNode> MachineAsync(string label) =>
        (await desk.Cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray().Single(machine => (string)machine!["label"]! == label)!;
}
