using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>The replicated data store that ships with the plans, on real hosts: it forms, works, is closed to others, and survives a stop.</summary>
[Collection("services of machines")]
public sealed class StackTests : IAsyncLifetime
{
    private const int Redis = 6379, Bus = 16379;

    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync(Hosts.Packages);

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task What_is_written_by_one_server_is_read_by_another_and_is_there_again_after_stop_and_start()
    {
        var created = (await Own.RunAsync("cluster", "create", "store", Desk.Shipped("redis-cluster.yaml"))).Ended(0);
        Assert.Contains("store: create done, 8/8 nodes", created.Error, StringComparison.Ordinal);
        const string formed = "redis-cli cluster info | tr -d '\\r' | grep ^cluster_state; redis-cli cluster nodes | grep -c ' connected'";
        Assert.Equal("cluster_state:ok\n6", await Own.AskAsync("store-redis-4", formed));

        // Whichever server is asked sends one on to the one that holds the key.
        Assert.Equal("OK", await Own.AskAsync("store-client-1", "redis-cli -c -h redis-1 set proof 'of the first day'"));
        var read = (await Own.AskAsync("store-client-2", "for server in 1 2 3 4 5 6; do redis-cli -c -h redis-$server get proof; done")).Split('\n');
        Assert.Equal(Enumerable.Repeat("of the first day", 6), read);

        await ClosedAsync();

        (await Own.RunAsync("cluster", "stop", "store", "--yes", "--events", "stop.jsonl")).Ended(0);
        await DownInOrderAsync();

        (await Own.RunAsync("cluster", "start", "store")).Ended(0);
        foreach (var client in new[] { 1, 2 })
        {
            var after = $"redis-cli -c -h redis-6 get proof; redis-cli -c -h redis-3 get starts:client-{client}";
            Assert.Equal("of the first day\n2", await Own.AskAsync($"store-client-{client}", after));
        }

        Assert.Equal("cluster_state:ok\n6", await Own.AskAsync("store-redis-5", formed));
    }

    /// <summary>Who may call what: the caller's own firewall refuses, that of the other end drops.</summary>
    private async Task ClosedAsync()
    {
        var all = await Own.Cloud.SendAsync("GET", "/_emulator/machines");
        var machines = all["machines"]!.AsArray().ToDictionary(machine => (string)machine!["label"]!, machine => machine!);
        var server = machines["store-redis-2"]["addresses"]!.AsArray().Select(address => ((string)address!).Split('/')[0])
            .Single(address => address.StartsWith("192.168.", StringComparison.Ordinal));
        var (client, other) = (SpaceOf(machines["store-client-2"]), SpaceOf(machines["store-redis-1"]));
        var stranger = (string)all["strangers"]!.AsArray().Single()!["namespace"]!;

        // Were a client's own firewall gone, that of the server would still be there.
        var before = $"{await Space.CallAsync(client, server, Redis)}, {await Space.CallAsync(client, server, Bus)}";
        await Own.AskAsync("store-client-2", "nft insert rule inet lct output accept");
        var open = $"{await Space.CallAsync(client, server, Redis)}, {await Space.CallAsync(client, server, Bus)}";

        Assert.Equal("in, refused", before);
        Assert.Equal("in, silence", open);
        Assert.Equal("in", await Space.CallAsync(other, server, Bus));
        Assert.Equal("silence, silence", $"{await Space.CallAsync(stranger, server, Redis)}, {await Space.CallAsync(stranger, server, Bus)}");

        static string SpaceOf(JsonNode machine) => (string)machine["namespace"]!;
    }

    /// <summary>Clients are off before anything is done to servers, and those are all told to stop before the first is shut down.</summary>
    private async Task DownInOrderAsync()
    {
        var names = await Own.NamesAsync();
        var asked = (await Own.ChangesAsync()).Select(row => ((string)row["path"]!).Split('/')).Where(words => words[^1] == "shutdown")
            .Select(words => names[long.Parse(words[4])]).ToList();
        var told = (await File.ReadAllLinesAsync(Own.At("stop.jsonl"))).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(["store-client-1", "store-client-2"], asked.Take(2).Order());
        Assert.Equal(Enumerable.Range(1, 6).Select(number => $"store-redis-{number}"), asked.Skip(2).Order());
        Assert.True(At("task.finished", "stop store-client-").Max() < At("task.started", "clusterstopping 1 ").Min());
        Assert.True(At("task.finished", "clusterstopping 1 ").Max() < At("task.started", "stop store-redis-").Min());
        Assert.Equal(6, At("task.finished", "clusterstopping 1 ").Count);

        List<int> At(string type, string task) =>
        [
            .. told.Index().Where(line => $"{line.Item["type"]} {line.Item["task"]}".StartsWith($"{type} {task}", StringComparison.Ordinal))
                .Select(line => line.Index),
        ];
    }
}
