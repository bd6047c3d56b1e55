using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Workers;

/// <summary>The same plan by one process and by workers.</summary>
[Collection("workers")]
public sealed class SameEndTests
{
    // What no two runs share: ids, addresses, keys and times.
    private static readonly string[] Own =
        ["id", "owner_tag", "created", "updated", "last_run", "firewall_id", "public_ipv4", "private_ipv4", "ipv6", "address", "host_keys"];

    [Fact]
    public async Task A_plan_comes_to_the_same_end_in_one_process_and_by_workers()
    {
        await using var at = await Installation.OpenAsync(2, "--limits", "none", "--seed", "7");
        var (here, there) = (at.Customers[0], at.Customers[1]);
        var plan = at.Desk.Write("plan.yaml", Standing.Plan);

        await at.AskAsync(here, "cluster", "create", "fleet", plan, "--yes");
        at.Crew.Hire(2);
        await at.AskAsync(there, "cluster", "create", "fleet", plan, "--detach", "--yes");
        await at.EndedAsync([new Order(there, "fleet", 6)], TimeSpan.FromMinutes(3));

        Assert.Equal(await Standing.OfAsync(here.Cloud), await Standing.OfAsync(there.Cloud));
        Assert.Equal(await ExportedAsync(at, here), await ExportedAsync(at, there));
        await at.Crew.DrainAsync();
    }

    [Fact]
    public async Task Scaling_comes_to_the_same_end_in_one_process_and_by_workers()
    {
        await using var at = await Installation.OpenAsync(2, "--limits", "none", "--seed", "7");
        var (here, there) = (at.Customers[0], at.Customers[1]);
        var plan = at.Desk.Write("plan.yaml", Standing.Plan);
        foreach (var customer in new[] { here, there })
        {
            await at.AskAsync(customer, "cluster", "create", "fleet", plan, "--yes");
        }

        at.Crew.Hire(2);
        foreach (var (nodes, how) in new (int, string[])[]
        {
            (7, ["web=4", "--remove", "fleet-us-east-web-2"]), (8, ["--insert", "fleet-us-east-web-2"]), (6, ["web=3", "db=1"]),
        })
        {
            await at.AskAsync(here, ["cluster", "scale", "fleet", .. how, "--yes"]);
            await at.AskAsync(there, ["cluster", "scale", "fleet", .. how, "--detach", "--yes"]);
            await at.EndedAsync([new Order(there, "fleet", nodes)], TimeSpan.FromMinutes(3));

            Assert.Equal(await Standing.OfAsync(here.Cloud), await Standing.OfAsync(there.Cloud));
            Assert.Equal(await ExportedAsync(at, here), await ExportedAsync(at, there));
        }

        await at.Crew.DrainAsync();
    }

    private static async Task<string> ExportedAsync(Installation at, Customer customer)
    {
        var export = (await at.AskAsync(customer, "cluster", "export", "fleet", "--format", "json")).Json;
        Strip(export, (string)export["cluster"]!["id"]!);
        return export.ToString();
    }

    // A firewall's label ends in a part of the cluster's id.
    private static void Strip(JsonNode? node, string cluster)
    {
        if (node is JsonObject fields)
        {
            foreach (var name in fields.Select(field => field.Key).ToList())
            {
                Strip(fields[name], cluster);
                fields[name] = Own.Contains(name) ? "…"
                    : name == "label" && $"{fields[name]}" is var label && label.EndsWith(cluster[^8..], StringComparison.Ordinal)
                        ? label[..^8] + "…"
                    : fields[name]?.DeepClone();
            }
        }

        foreach (var item in node as JsonArray ?? [])
        {
            Strip(item, cluster);
        }
    }
}
