using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>The replicated store that ships with the plans, on real hosts: its nodes are rebooted in turns while a client writes.</summary>
[Collection("services of machines")]
public sealed class EtcdTests : IAsyncLifetime
{
    private static readonly string[] Servers = ["store-etcd-1", "store-etcd-2", "store-etcd-3"];

    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync(Hosts.Packages);

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task All_servers_are_rebooted_in_turns_and_no_write_of_a_client_fails_or_is_lost()
    {
        (await Own.RunAsync("cluster", "create", "store", Desk.Shipped("etcd.yaml"))).Ended(0);
        var machines = (await Own.Cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray()
            .ToDictionary(machine => (string)machine!["label"]!, machine => machine!);
        (await Own.RunAsync("cluster", "exec", "store", "--group", "etcd", "--as-root", "--", "touch", "/run/before")).Ended(0);
        var client = (string)machines["store-client-1"]["namespace"]!;
        await using var writer = new EtcdWriter(client, [.. Servers.Select(server => AddressOf(machines[server]))]);
        await writer.WroteAsync(50);

        (await Own.RunAsync("cluster", "roll", "store", "etcd", "--reboot")).Ended(0);

        await writer.WroteAsync(50);
        var tally = await writer.EndAsync();
        Console.WriteLine(tally);
        Assert.Equal([], tally.Failed);
        Assert.True(tally.LongestGap < TimeSpan.FromSeconds(8), $"{tally}");
        Assert.True(tally.Repeated.Count <= Servers.Length * 2, $"{tally}"); // what is under way while the lead moves is all that may be asked again
        (await Own.RunAsync("cluster", "exec", "store", "--group", "etcd", "--as-root", "--", "[ ! -e /run/before ]")).Ended(0);
        Assert.Equal("3", await Own.AskAsync(Servers[0], "etcdctl endpoint health --cluster 2>&1 | grep -c 'is healthy'"));
    }

    private static string AddressOf(JsonNode machine) => machine["addresses"]!.AsArray().Select(address => ((string)address!).Split('/')[0])
        .Single(address => address.StartsWith("192.168.", StringComparison.Ordinal));
}
