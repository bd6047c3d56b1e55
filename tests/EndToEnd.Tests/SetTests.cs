namespace EndToEnd.Tests;

/// <summary>A plan of plans, by the commands: two clusters with an order between them.</summary>
public sealed class SetTests
{
    private const string Nothing = "0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls";

    [Fact]
    public async Task A_set_is_made_shown_stopped_started_and_deleted_in_its_order()
    {
        await using var desk = await Desk.SitDownAsync("--hosts", "records");
        var plan = Desk.Shipped("streaming.yaml");

        (await desk.RunAsync("cluster", "create", "streaming", plan)).Ended(0);

        var nodes = (await desk.Cloud.ListAsync("linode/instances")).OrderBy(node => (long)node["id"]!)
            .Select(node => (string)node["label"]!).ToList();
        Assert.Equal(8, nodes.Count);
        Assert.All(nodes[..3], label => Assert.StartsWith("streaming-zookeeper-", label, StringComparison.Ordinal));
        Assert.All(nodes[3..], label => Assert.StartsWith("streaming-storm-", label, StringComparison.Ordinal));
        var listed = (await desk.RunAsync("cluster", "list", "-o", "json")).Ended(0).Json.AsArray();
        Assert.Equal(
            ["streaming started 8", "streaming-storm started 5", "streaming-zookeeper started 3"],
            listed.Select(cluster => $"{cluster!["name"]} {cluster["state"]} {cluster["node_count"]}").Order(StringComparer.Ordinal));
        var page = (await desk.RunAsync("cluster", "show", "streaming")).Ended(0).Out;
        Assert.Contains("streaming-zookeeper, streaming-storm", page, StringComparison.Ordinal);
        Assert.Contains("8 of 8", page, StringComparison.Ordinal);
        var shown = (await desk.RunAsync("cluster", "show", "streaming", "-o", "json")).Ended(0).Json;
        Assert.Equal(["streaming-zookeeper", "streaming-storm"], shown["clusters"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["streaming-storm 5", "streaming-zookeeper 3"], shown["nodes"]!.AsArray().CountBy(node => (string)node!["cluster"]!)
            .Select(cluster => $"{cluster.Key} {cluster.Value}").Order(StringComparer.Ordinal));
        (await desk.RunAsync("cluster", "wait", "streaming", "--for", "planready")).Ended(0);

        var before = (await desk.Cloud.WritesAsync()).Count;
        foreach (var verb in new[] { "stop", "delete" })
        {
            var refused = (await desk.RunAsync("cluster", verb, "streaming-zookeeper", "--yes")).Ended(5);
            Assert.Contains("LCT4022: cluster streaming-zookeeper is needed by streaming-storm", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);

        await RunsAsync(["streaming-storm stop done", "streaming-zookeeper stop done"], desk, "stop", "--yes");
        var stops = await OrderAsync(desk, "/shutdown");
        Assert.Equal([.. Enumerable.Repeat("storm", 5), .. Enumerable.Repeat("zookeeper", 3)], stops);
        Assert.Contains("LCT4021", (await desk.RunAsync("cluster", "start", "streaming-storm")).Ended(5).Error, StringComparison.Ordinal);
        await RunsAsync(["streaming-zookeeper start done", "streaming-storm start done"], desk, "start");
        var boots = (await OrderAsync(desk, "/boot"))[^8..];
        Assert.Equal([.. Enumerable.Repeat("zookeeper", 3), .. Enumerable.Repeat("storm", 5)], boots);
        await RunsAsync(
            ["streaming-storm stop done", "streaming-zookeeper stop done", "streaming-zookeeper start done", "streaming-storm start done"],
            desk, "restart", "--yes");

        before = (await desk.Cloud.WritesAsync()).Count;
        Assert.Contains("nothing to do", (await desk.RunAsync("cluster", "create", "streaming", plan)).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);

        await RunsAsync(["streaming-storm delete done", "streaming-zookeeper delete done"], desk, "delete", "--yes");
        Assert.Equal(Nothing, await desk.Cloud.ContentAsync());
        Assert.Empty((await desk.RunAsync("cluster", "list", "-o", "json")).Ended(0).Json.AsArray());
        (await desk.RunAsync("cluster", "show", "streaming")).Ended(5);
    }

    [Fact]
    public async Task What_is_left_open_is_finished_by_the_same_command_and_what_does_not_fit_a_set_is_refused()
    {
        await using var desk = await Desk.SitDownAsync("--hosts", "records");
        desk.Write("one.yaml", Plan("one"));
        desk.Write("two.yaml", Plan("two"));
        var plan = desk.Write("set.yaml", """
            version: 1
            clusters:
            - { name: two, plan: two.yaml, after: [one] }
            - { name: one, plan: one.yaml }
            """);
        var dry = (await desk.RunAsync("cluster", "create", "all", plan, "--dry-run", "-o", "json")).Ended(0).Json.AsArray();
        Assert.Equal(["all-one", "all-two"], dry.Select(preview => (string)preview!["cluster"]!));
        Assert.Empty(await desk.Cloud.WritesAsync());

        // In the background, and waited for: it is there from the first moment, and not ready before all of it is.
        (await desk.RunAsync("cluster", "create", "all", plan, "--detach")).Ended(0);
        (await desk.RunAsync("cluster", "wait", "all", "--for", "planready", "--timeout", "2m")).Ended(0);
        Assert.Equal(4, (await desk.Cloud.ListAsync("linode/instances")).Count);

        var refused = (await desk.RunAsync("cluster", "stop", "all", "--only", "web", "--yes")).Ended(2);
        Assert.Contains("all-one, all-two", refused.Error, StringComparison.Ordinal);
        var left = (await desk.RunAsync("cluster", "stop", "all", "--yes", "--no-wait")).Ended(0);
        Assert.Contains("cluster wait all --for stopped", left.Error, StringComparison.Ordinal);
        (await desk.RunAsync("cluster", "wait", "all", "--for", "stopped", "--timeout", "2m")).Ended(0);

        // The first of a set that fails ends it; the rest waits for the same command.
        await desk.Cloud.FaultAsync("failed-boot label=one-1");
        var failed = (await desk.RunAsync("cluster", "start", "all", "-o", "json")).Ended(7);
        Assert.Equal("all-one failed", Assert.Single(failed.Json.AsArray().Select(run => $"{run!["cluster"]} {run["outcome"]}")));
        await desk.Cloud.MendAsync();
        (await desk.RunAsync("cluster", "start", "all")).Ended(0);

        // A cluster that is gone already is passed over.
        (await desk.RunAsync("cluster", "delete", "all-two", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "delete", "all", "--yes")).Ended(0);
        Assert.Equal(Nothing, await desk.Cloud.ContentAsync());
    }

    // Groups of the same name, so that keys of nodes are the same in both.
    private static string Plan(string label) => $$"""
        version: 1
        regions:
        - region: us-east
          nodes: [{ name: web, type: g6-nanode-1, image: debian 12, count: 2, nodenames: '{{label}}-{counter}' }]
        """;

    private static async Task RunsAsync(string[] expected, Desk desk, string verb, params string[] more)
    {
        var runs = (await desk.RunAsync(["cluster", verb, "streaming", "-o", "json", .. more])).Ended(0).Json.AsArray();
        Assert.Equal(expected, runs.Select(run => $"{run!["cluster"]} {run["verb"]} {run["outcome"]}"));
    }

    /// <summary>Clusters of the nodes that such calls were about, in the order of the calls.</summary>
    private static async Task<string[]> OrderAsync(Desk desk, string call)
    {
        var clusters = (await desk.Cloud.ListAsync("linode/instances"))
            .ToDictionary(node => $"{node["id"]}", node => ((string)node["label"]!).Split('-')[1]);
        var calls = (await desk.Cloud.WritesAsync()).Where(write => write.Path.EndsWith(call, StringComparison.Ordinal));
        return [.. calls.Select(write => clusters[write.Path.Split('/')[^2]])];
    }
}
