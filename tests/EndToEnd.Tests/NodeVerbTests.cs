using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The verbs that work inside nodes, where nodes are records: everything is looked up and checked, and nothing runs.</summary>
public sealed class NodeVerbTests
{
    [Fact]
    public async Task A_command_for_records_is_kept_and_the_tool_says_that_nothing_ran()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 3);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);

        var text = (await desk.RunAsync("cluster", "exec", "web", "--group", "web", "--as-root", "--", "rm", "-rf", "/srv/a b")).Ended(0);
        var json = (await desk.RunAsync("cluster", "exec", "web", "-o", "json", "--", "uptime")).Ended(0);

        Assert.Empty(text.Out);
        Assert.Equal("recorded, nothing ran: 3 nodes without a machine behind them\n", text.Error);
        Assert.Equal(["web-us-east-web-1", "web-us-east-web-2", "web-us-east-web-3"], json.Json.AsArray().Select(row => (string)row!["node"]!));
        Assert.All(json.Json.AsArray(), row => Assert.Equal((true, null), ((bool)row!["recorded"]!, row["exit_code"])));
        Assert.Contains("sudo -n -- rm -rf '/srv/a b'", (await desk.RunAsync("node", "why", "web-us-east-web-2")).Ended(0).Out);
    }

    [Fact]
    public async Task Nodes_are_chosen_by_what_is_said_of_them_and_a_dry_run_shows_them_and_no_more()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 3);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);

        async Task<string[]> Meant(params string[] options) =>
            (await desk.RunAsync(["cluster", "exec", "web", .. options, "--dry-run", "-o", "name", "--", "uptime"])).Ended(0).Lines;

        Assert.Equal(3, (await Meant("--region", "us-east", "--tag", "webserver")).Length);
        Assert.Equal(["web-us-east-web-1", "web-us-east-web-3"], await Meant("--node", "web-us-east-web-1", "--node", "us-east/web/3"));
        Assert.Contains("groups: web", (await desk.RunAsync("cluster", "exec", "web", "--group", "db", "--", "uptime")).Ended(5).Error);
        var none = (await desk.RunAsync("cluster", "exec", "web", "--tag", "x", "--", "uptime")).Ended(5);
        Assert.Contains("no node of cluster web fits tag \"x\"", none.Error);
        var session = (await desk.RunAsync("node", "ssh", "web-us-east-web-1", "--dry-run", "-o", "name", "--", "id")).Ended(0);
        Assert.Equal(["web-us-east-web-1"], session.Lines);
    }

    [Fact]
    public async Task A_session_on_a_record_is_refused_and_says_why()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12")).Ended(0);

        var refused = (await desk.RunAsync("node", "ssh", "nodes-us-east-1", "--", "uptime")).Ended(7);
        Assert.StartsWith("error LCT6210: nodes-us-east-1 is a record", refused.Error);
        Assert.StartsWith("error LCT1529: ", (await desk.RunAsync("cluster", "ssh", "nodes", "nodes-us-east-1")).Ended(2).Error);
    }

    [Fact]
    public async Task Copies_go_to_nodes_groups_and_all_of_a_cluster_and_come_back_from_one()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 2);
        (await desk.RunAsync("cluster", "create", "shop", "plan.yaml")).Ended(0);

        async Task<Finished> CopyAsync(int code, params string[] words) => (await desk.RunAsync(["cluster", "cp", "shop", .. words])).Ended(code);

        Assert.Equal("recorded, nothing was copied: plan.yaml to 2 nodes\n", (await CopyAsync(0, "plan.yaml", "*:")).Error);
        Assert.Equal(2, (await CopyAsync(0, "plan.yaml", "web:/tmp/", "-o", "json")).Json.AsArray().Count);
        Assert.Contains("plan.yaml to shop-us-east-web-2:/tmp/", (await CopyAsync(0, "plan.yaml", "shop-us-east-web-2:/tmp/")).Error);
        Assert.Contains("LCT1531", (await CopyAsync(2, "web:/etc/hosts", ".")).Error);
        Assert.Contains("LCT4011", (await CopyAsync(5, "plan.yaml", "db-9:")).Error);
    }

    [Fact]
    public async Task Nodes_that_are_not_up_are_skipped_aloud_and_one_of_them_can_say_why()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 3);
        await desk.Cloud.FaultAsync("quota=2");
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(7);
        var failed = (await desk.RunAsync("node", "list", "--state", "failed", "-o", "name")).Ended(0).Lines.Single();

        var run = (await desk.RunAsync("cluster", "exec", "web", "--", "uptime")).Ended(0);
        var why = (await desk.RunAsync("node", "why", failed)).Ended(0).Out;
        var told = (await desk.RunAsync("node", "why", failed, "-o", "json")).Ended(0).Json;

        Assert.Contains($"skipped 1 node not up: {failed} (failed)", run.Error);
        Assert.Contains($"\ncreate {failed} failed", why);
        Assert.Contains("next  remove the cause, then: linodetool cluster retry web", why);
        Assert.Equal(("failed", $"create {failed}"), ((string)told["node"]!["state"]!, (string)told["steps"]![0]!["task"]!["step"]!));
        Assert.NotEmpty(told["steps"]![0]!["error"]!["fix"]!.AsArray());
        Assert.Contains("LCT4018", (await desk.RunAsync("node", "exec", failed, "--", "uptime")).Ended(5).Error);
    }

    [Fact]
    public async Task A_host_key_is_accepted_by_a_yes_and_shown_by_a_dry_run()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12")).Ended(0);
        (await desk.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C root@db -f key")).Ended(0);
        var key = File.ReadAllText(desk.At("key.pub")).Trim();
        async Task<string> KnownAsync() => (await desk.RunAsync("node", "show", "nodes-us-east-1", "-o", "json")).Ended(0).Json["host_keys"]!.ToJsonString();
        var before = await KnownAsync();

        Assert.Contains("LCT8102", (await desk.RunAsync("node", "trust", "nodes-us-east-1", key)).Ended(9).Error);
        Assert.Contains("LCT1021", (await desk.RunAsync("node", "trust", "nodes-us-east-1", "key", "--yes")).Ended(2).Error);
        var dry = (await desk.RunAsync("node", "trust", "nodes-us-east-1", key, "--dry-run")).Ended(0);
        Assert.Equal(before, await KnownAsync());
        var json = (await desk.ShellAsync("linodetool node trust nodes-us-east-1 - --yes -o json < key.pub")).Ended(0).Json;
        var again = (await desk.RunAsync("node", "trust", "nodes-us-east-1", "key.pub")).Ended(0);

        var shown = (await desk.RunAsync("node", "show", "nodes-us-east-1")).Ended(0).Out;
        Assert.Contains($"host key  {key[..key.LastIndexOf(' ')]} (accepted)", shown);
        Assert.Contains($"before  {json["before"]![0]}\nnow     {json["now"]}\n", dry.Out);
        Assert.Contains("nodes-us-east-1 is known by this key already", again.Error);
    }

    [Fact]
    public async Task A_node_as_it_should_be_says_so()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12")).Ended(0);

        Assert.Contains("next  nothing: it is as its plan says", (await desk.RunAsync("node", "why", "nodes-us-east-1")).Ended(0).Out);
        Assert.IsType<JsonArray>((await desk.RunAsync("node", "why", "nodes-us-east-1", "-o", "json")).Ended(0).Json["next"]);
    }
}
