using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Workers;

/// <summary>Whether accounts and records hold what was ordered, all of it, once, and nothing else.</summary>
internal static class Audit
{
    /// <summary>Fails where something is wrong, and then keeps what all had to say.</summary>
    public static async Task AssertAsync(Installation at, IReadOnlyCollection<Order> orders)
    {
        if (await WrongAsync(at, orders) is { Count: > 0 } wrong)
        {
            Assert.Fail($"{string.Join('\n', wrong)}\nlogs: {await at.KeepAsync()}");
        }
    }

    /// <summary>What is wrong, a line each; nothing where nothing is.</summary>
    private static async Task<IReadOnlyList<string>> WrongAsync(Installation at, IReadOnlyCollection<Order> orders)
    {
        var wrong = new List<string>();
        foreach (var ofOne in orders.GroupBy(order => order.Customer))
        {
            wrong.AddRange((await OfAccountAsync(at, ofOne.Key, [.. ofOne])).Select(line => $"{ofOne.Key.Name}: {line}"));
        }

        foreach (var idle in at.Customers.Except(orders.Select(order => order.Customer)))
        {
            wrong.AddRange((await idle.Cloud.ListAsync("linode/instances")).Select(node => $"{idle.Name}: has not ordered {node["label"]}"));
        }

        return wrong;
    }

    private static async Task<List<string>> OfAccountAsync(Installation at, Customer customer, IReadOnlyList<Order> orders)
    {
        var counters = await customer.Cloud.SendAsync("GET", $"/_emulator/counters?account={customer.Name}");
        var nodes = await customer.Cloud.ListAsync("linode/instances");
        var volumes = await customer.Cloud.ListAsync("volumes");
        var wrong = new List<string>();
        Count(wrong, "answers with 429", 0, (int)counters["refused_429"]!);
        var ordered = orders.Sum(order => order.Nodes);
        Count(wrong, "nodes", ordered, nodes.Count);
        Count(wrong, "nodes ever made", ordered, (int)counters["created"]!["linode/instances"]!);
        Count(wrong, "nodes that run", ordered, nodes.Count(node => (string)node["status"]! == "running"));
        Count(wrong, "labels of nodes", ordered, nodes.Select(node => (string)node["label"]!).Distinct().Count());
        Count(wrong, "volumes", orders.Sum(order => Order.VolumesOf(order.Nodes)), volumes.Count);
        Count(wrong, "volumes that are attached", volumes.Count, volumes.Count(volume => volume["linode_id"] is not null));
        Count(wrong, "balancers", orders.Count, (await customer.Cloud.ListAsync("nodebalancers")).Count);
        Count(wrong, "firewalls", orders.Count, (await customer.Cloud.ListAsync("networking/firewalls")).Count);

        var records = (await at.ReadAsync(customer, "node", "list")).AsArray();
        wrong.AddRange(Ids(nodes).Except(Ids(records)).Select(id => $"node {id} is in no record"));
        wrong.AddRange(Ids(records).Except(Ids(nodes)).Select(id => $"node {id} is on record, but gone"));
        wrong.AddRange((await at.ReadAsync(customer, "cluster", "orphans")).AsArray().Select(orphan => $"orphan: {orphan!.ToJsonString()}"));
        var clusters = (await at.ReadAsync(customer, "cluster", "list")).AsArray().ToDictionary(row => (string)row!["name"]!);
        Count(wrong, "clusters", orders.Count, clusters.Count);
        foreach (var order in orders)
        {
            var stands = clusters.GetValueOrDefault(order.Cluster) is { } row
                ? $"{row["state"]} {row["ready_count"]}/{row["node_count"]} {row["last_run_state"]}" : "nothing";
            if (stands != $"started {order.Nodes}/{order.Nodes} done")
            {
                var failed = await at.Desk.RunAsync(customer.Words("task", "list", "--state", "failed"));
                wrong.Add($"{order.Cluster}: {stands} instead of {order.Nodes} nodes\n{failed.Out}");
            }
        }

        return wrong;
    }

    private static void Count(List<string> wrong, string what, int wanted, int found) =>
        wrong.AddRange(found == wanted ? [] : [$"{found} {what} instead of {wanted}"]);

    private static IEnumerable<long> Ids(IEnumerable<JsonNode?> rows) => rows.Select(row => (long?)row!["id"] ?? 0).Order();
}
