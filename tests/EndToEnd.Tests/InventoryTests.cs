using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>Where records are kept, as a user chooses and changes it.</summary>
public sealed class InventoryTests
{
    [Fact]
    public async Task A_cluster_lives_on_wherever_its_records_go()
    {
        await using var server = await Server.StartAsync();
        await using var desk = await Desk.SitDownAsync();
        var plan = desk.WritePlan("p.yaml", 3);
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        var before = await ShownAsync(desk);
        Assert.Equal(3, before["nodes"]!.AsArray().Count);

        // From the file to text files, to a server and back, each time with some work on it.
        var moved = (await desk.RunAsync("inventory", "migrate", "sqlite", "json", "-o", "json")).Ended(0);
        Assert.Equal("copied", (string)moved.Json[0]!["outcome"]!);
        desk.Environment["LINODETOOL_INVENTORY"] = "json";
        Assert.Equal(before.ToJsonString(), (await ShownAsync(desk)).ToJsonString());
        Assert.Contains("\"shop\"", File.ReadAllText(Assert.Single(
            Directory.GetFiles(Path.Combine(desk.Kept, "data", "inventory", "clusters"), "cluster.json", SearchOption.AllDirectories))));
        (await desk.RunAsync("cluster", "stop", "shop", "--yes")).Ended(0);
        Assert.Equal("stopped", await StateAsync(desk));
        Assert.Contains("nothing to do", (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0).Error, StringComparison.Ordinal);

        (await desk.RunAsync("inventory", "migrate", "json", server.Url)).Ended(0);
        desk.Environment["LINODETOOL_INVENTORY"] = server.WithoutPassword;
        Assert.Contains("LCT7133", (await desk.RunAsync("cluster", "list")).Ended(12).Error, StringComparison.Ordinal);
        desk.Environment["PGPASSWORD"] = Server.Password;
        Assert.Equal("stopped", await StateAsync(desk));
        (await desk.RunAsync("cluster", "start", "shop")).Ended(0);
        Assert.Equal("the records are sound", (await desk.RunAsync("inventory", "check")).Ended(0).Error.Trim());

        var refused = await desk.RunAsync("inventory", "migrate", server.WithoutPassword, "sqlite");
        Assert.Contains("LCT4045", refused.Ended(5).Error, StringComparison.Ordinal);

        var backup = desk.At("all.jsonl");
        (await desk.RunAsync("inventory", "backup", backup)).Ended(0);
        desk.Environment["LINODETOOL_INVENTORY"] = null;
        Directory.Delete(Path.Combine(desk.Kept, "data", "inventory"), recursive: true);
        Array.ForEach(Directory.GetFiles(Path.Combine(desk.Kept, "data"), "inventory.db*"), File.Delete);
        Assert.Equal(5, (await desk.RunAsync("cluster", "show", "shop")).Code);
        (await desk.RunAsync("inventory", "restore", backup)).Ended(0);
        Assert.Equal("started", await StateAsync(desk));

        var history = (await desk.RunAsync("cluster", "events", "shop", "--changes", "-o", "json")).Ended(0).Json.AsArray()
            .Where(change => (string?)change!["aspect"] == "state" && change["node"] is null).Select(change => (string)change!["to"]!);
        Assert.Equal(["creating", "starting", "started", "stopping", "stopped", "starting", "started"], history);
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.Empty(await desk.Cloud.ListAsync("linode/instances"));
    }

    [Fact]
    public async Task A_password_stands_in_no_configuration_file()
    {
        await using var desk = await Desk.SitDownAsync();
        var config = desk.Write("config.yaml", "inventory: postgres://tests:word-4815162342@127.0.0.1:1/x\n");
        desk.Expose(leak => leak.Contains("config.yaml", StringComparison.Ordinal), "it is what is refused");
        var refused = (await desk.RunAsync("cluster", "list", "--config", config)).Ended(12);
        Assert.Contains("LCT7517", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("4815162342", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_process_changes_another_sees_as_it_happens()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("cluster", "create", "shop", desk.WritePlan("p.yaml", 2))).Ended(0);
        using var watching = desk.Launch("/bin/sh", ["-c", "exec linodetool cluster events shop --changes --follow -o json >seen.jsonl"]);
        (await desk.RunAsync("cluster", "stop", "shop", "--yes")).Ended(0);
        for (var tries = 0; !Tells("shop") && tries < 600; tries++)
        {
            await Task.Delay(100);
        }

        Assert.True(Tells("shop"), "the end of the run was not told");
        await watching.SignalAsync("INT");
        Assert.Equal(130, (await watching.EndAsync()).Code);

        bool Tells(string label) => File.Exists(desk.At("seen.jsonl")) && File.ReadAllText(desk.At("seen.jsonl")).Split('\n')[..^1]
            .Select(line => JsonNode.Parse(line)!).Any(change => (string?)change["label"] == label && (string?)change["to"] == "stopped");
    }

    private static async Task<JsonNode> ShownAsync(Desk desk) => (await desk.RunAsync("cluster", "show", "shop", "-o", "json")).Ended(0).Json;

    private static async Task<string> StateAsync(Desk desk) => (string)(await ShownAsync(desk))["state"]!;
}
