using System.Text.Json;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Somebody else works on the account while a run goes on: it is named at the end, and mended when the run goes on.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class BehindOurBackTests
{
    private const string Web1 = "fleet-us-east-web-1";
    private const string Db1 = "fleet-us-east-db-1";

    public static TheoryData<string, string, string> Deeds() => new()
    {
        { "deleted", Web1, "is gone from the cloud" },
        { "deleted", Db1, "is gone from the cloud" },
        { "shut down", Web1, "is off, though it was booted" },
        { "untagged", Web1, "has lost its owner tag" },
        { "taken from its firewall", Db1, "is not behind the cluster's firewall any more" },
        { "parted from its volume", Db1, "has lost a volume" },
    };

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task What_was_done_is_named_at_the_end_and_mended_by_a_retry(string deed, string label, string said)
    {
        await using var world = new World();
        await world.FaultAsync("slow-boot=8 label=fleet-eu-central-web-3"); // something to wait for, while the rest stands

        var first = await world.Time.RunAsync(async () =>
        {
            var running = world.CreateAsync("fleet", Fleet.Plan);
            await DoAsync(world, deed, await ReadyAsync(world, label));
            return await running;
        });

        Assert.Equal(("failed", 1), (first.Outcome, first.NodesFailed));
        var problem = Assert.Single(first.Failures).Problem;
        Assert.Equal(("LCT6015", $"{label} {said}"), (problem.Code, problem.Why));
        await world.ClearFaultsAsync();
        await world.RestartAsync();

        Assert.Equal("done", (await world.Time.RunAsync(() => world.ResumeAsync("fleet")))?.Outcome);
        await Fleet.DemandAsync(world);
        Assert.Equal(ClusterSituation.Finished, (await world.PreviewAsync("fleet", Fleet.Plan)).Situation);
        var firewall = Assert.Single(await world.GetAsync("networking/firewalls")).GetProperty("id").GetInt64();
        Assert.Equal(12, (await world.GetAsync($"networking/firewalls/{firewall}/devices")).Count);
    }

    private static async Task<NodeRecord> ReadyAsync(World world, string label)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), world.Time);
            if ((await world.NodesAsync(new NodeQuery("fleet", State: NodeState.Ready))).FirstOrDefault(node => node.Label == label) is { } node)
            {
                return node;
            }
        }
    }

    private static async Task DoAsync(World world, string deed, NodeRecord node)
    {
        var linode = $"linode/instances/{node.LinodeId}";
        switch (deed)
        {
            case "deleted":
                await world.BehindItsBackAsync(HttpMethod.Delete, linode);
                break;
            case "shut down":
                await world.BehindItsBackAsync(HttpMethod.Post, $"{linode}/shutdown");
                break;
            case "untagged":
                await world.BehindItsBackAsync(HttpMethod.Put, linode, """{ "tags": ["webserver"] }""");
                break;
            case "taken from its firewall":
                var firewall = (await world.GetAsync("networking/firewalls")).Single().GetProperty("id").GetInt64();
                var device = (await world.GetAsync($"networking/firewalls/{firewall}/devices"))
                    .Single(one => one.GetProperty("entity").GetProperty("id").GetInt64() == node.LinodeId).GetProperty("id").GetInt64();
                await world.BehindItsBackAsync(HttpMethod.Delete, $"networking/firewalls/{firewall}/devices/{device}");
                break;
            default:
                var volume = (await world.GetAsync("volumes")).Single(one => IdOf(one) == node.LinodeId).GetProperty("id").GetInt64();
                await world.BehindItsBackAsync(HttpMethod.Post, $"volumes/{volume}/detach");
                break;
        }
    }

    private static long? IdOf(JsonElement volume) =>
        volume.GetProperty("linode_id") is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null;
}
