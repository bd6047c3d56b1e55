using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>The replicated store that ships with the plans, on real hosts: its nodes have their turns while a client writes all the time.</summary>
[Collection("services of machines")]
public sealed class EtcdTests(EtcdTests.Store store) : IClassFixture<EtcdTests.Store>
{
    private static readonly string[] Servers = ["store-etcd-1", "store-etcd-2", "store-etcd-3"];

    [MachinesFact]
    public async Task All_servers_are_rebooted_in_turns_and_no_write_of_a_client_fails_or_is_lost()
    {
        await store.OnServersAsync("touch /run/before /var/lib/kept");

        await WhileWritingAsync("--reboot");

        await store.OnServersAsync("[ ! -e /run/before ] && [ -e /var/lib/kept ]");
    }

    [MachinesFact]
    public async Task All_servers_are_made_anew_in_turns_on_empty_disks_and_no_write_of_a_client_fails_or_is_lost()
    {
        await store.OnServersAsync("touch /var/lib/kept");

        await WhileWritingAsync("--rebuild", "--yes");

        await store.OnServersAsync("[ ! -e /var/lib/kept ]");
    }

    private async Task WhileWritingAsync(params string[] how)
    {
        await using var writer = await store.WriteAsync();
        await writer.WroteAsync(50);

        (await store.Desk.RunAsync(["cluster", "roll", "store", "etcd", .. how])).Ended(0);

        await writer.WroteAsync(50);
        var tally = await writer.EndAsync();
        Console.WriteLine($"{how[0]}: {tally}");
        Assert.Equal([], tally.Failed);
        Assert.True(tally.LongestGap < TimeSpan.FromSeconds(8), $"{tally}");

        // What is under way at the moment in which the lead goes over, or the server ends, is all that a client may have to ask for again.
        Assert.True(tally.Repeated.Count <= Servers.Length * 2, $"{tally}");
        Assert.Equal("3", await store.Desk.AskAsync(Servers[0], "etcdctl endpoint health --cluster 2>&1 | grep -c 'is healthy'"));
    }

    /// <summary>The cluster, made once.</summary>
    public sealed class Store : IAsyncLifetime
    {
        private Desk? desk;

        internal Desk Desk => desk!;

        public async Task InitializeAsync()
        {
            desk = await Hosts.SitDownAsync(Hosts.Packages);
            if (desk is not null)
            {
                (await desk.RunAsync("cluster", "create", "store", Desk.Shipped("etcd.yaml"))).Ended(0);
            }
        }

        public Task DisposeAsync() => Hosts.LeaveAsync(desk);

        internal async Task OnServersAsync(string script) =>
            (await Desk.RunAsync("cluster", "exec", "store", "--group", "etcd", "--as-root", "--", script)).Ended(0);

        /// <summary>A client that writes from the node of the clients.</summary>
        internal async Task<EtcdWriter> WriteAsync()
        {
            var machines = (await Desk.Cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray()
                .ToDictionary(machine => (string)machine!["label"]!, machine => machine!);
            return new((string)machines["store-client-1"]["namespace"]!, [.. Servers.Select(server => AddressOf(machines[server]))]);
        }

        private static string AddressOf(JsonNode machine) => machine["addresses"]!.AsArray().Select(address => ((string)address!).Split('/')[0])
            .Single(address => address.StartsWith("192.168.", StringComparison.Ordinal));
    }
}
