using System.Text.RegularExpressions;
using LinodeClusterToolkit.Tests.Clusters.Imports;

namespace EndToEnd.Tests;

/// <summary>The verb itself: what it shows, whom it asks, what it marks, and how it goes on.</summary>
public sealed class ImportVerbTests
{
    private const int Things = 5; // three nodes, a volume, a firewall

    [Fact]
    public async Task A_dry_run_names_all_of_it_and_writes_nothing_and_nobody_is_marked_without_a_word()
    {
        await using var desk = await Desk.SitDownAsync();
        var state = desk.Write("state.json", (await LegacyAsync(desk))
            .Add("aws_s3_bucket", "logs", [StateMaker.Gone(1, "x")], provider: "provider[\"registry.terraform.io/hashicorp/aws\"]")
            .Add("linode_volume", "lost", [StateMaker.Gone(918273, "lost")], key: false).Text());
        var before = (await desk.Cloud.WritesAsync()).Count;

        var text = (await desk.RunAsync("cluster", "import", "shop", "--from-terraform", state, "--dry-run")).Ended(0);
        var json = (await desk.RunAsync("cluster", "import", "shop", "--from-terraform", state, "--dry-run", "-o", "json")).Ended(0).Json;
        var alone = (await desk.RunAsync("cluster", "import", "shop", "--from-terraform", state)).Ended(9);
        var tag = (await desk.RunAsync("cluster", "import", "shop", "--tag", "webserver")).Ended(9);

        Assert.Contains($"{Things} things to take up, {Things} of them get an owner tag", text.Out, StringComparison.Ordinal);
        Assert.Contains("us-east/web/3", text.Out, StringComparison.Ordinal);
        Assert.Contains("missing", text.Out, StringComparison.Ordinal);
        Assert.Contains("left alone: aws_s3_bucket.logs[0], of the provider hashicorp/aws", text.Out, StringComparison.Ordinal);
        Assert.Equal((Things, Things, "new"), ((int)json["taken_count"]!, (int)json["mark_count"]!, (string)json["situation"]!));
        Assert.Contains("LCT8102", alone.Error, StringComparison.Ordinal);
        Assert.Contains($"{Things} things to take up", alone.Error, StringComparison.Ordinal);
        Assert.Contains("3 things to take up", tag.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);
        Assert.Equal("[]", (await desk.RunAsync("cluster", "list", "-o", "json")).Ended(0).Out.Trim());
        Assert.All([text, alone], told => Assert.DoesNotContain(StateMaker.Secret, told.Out + told.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_a_terminal_no_is_no_and_yes_takes_it_up_to_be_exported_again_by_the_same_names()
    {
        await using var desk = await Desk.SitDownAsync();
        var made = await LegacyAsync(desk);
        desk.Write("state.json", made.Text());
        var before = (await desk.Cloud.WritesAsync()).Count;

        var no = await AtTerminalAsync(desk, "n", "cluster import shop --from-terraform state.json");
        Assert.Equal((9, before), (no.Code, (await desk.Cloud.WritesAsync()).Count));
        Assert.Contains($"Take up {Things} things and mark {Things} things as of cluster shop? [y/N]", no.Out, StringComparison.Ordinal);
        var yes = await AtTerminalAsync(desk, "y", "cluster import shop --from-terraform state.json");

        Assert.Equal((0, before + Things), (yes.Code, (await desk.Cloud.WritesAsync()).Count));
        var export = (await desk.RunAsync("cluster", "export", "shop", "--format", "terraform-import")).Ended(0).Out;
        var named = Regex.Matches(export, """to = (\w+)\.\S+\n  id = "([^"]+)""").Select(block => $"{block.Groups[1]} {block.Groups[2]}");
        Assert.Equal(made.Named.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        (await desk.RunAsync("cluster", "diff", "shop", "--live", "--exit-code")).Ended(0);
        Assert.Contains("LCT4024", (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(5).Error, StringComparison.Ordinal);

        var again = (await desk.RunAsync("cluster", "import", "shop", "--from-terraform", "state.json")).Ended(0);
        Assert.Contains("nothing to do", again.Error, StringComparison.Ordinal);
        var other = (await desk.RunAsync("cluster", "import", "shop", "--tag", "webserver", "--yes")).Ended(5);
        Assert.Contains("LCT4028", other.Error, StringComparison.Ordinal);
        (await desk.RunAsync("secret", "audit")).Ended(0);
        Assert.All(
            Directory.GetFiles(desk.Kept, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(StateMaker.Secret, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_in_the_middle_the_same_command_goes_on_and_marks_nothing_twice()
    {
        await using var desk = await Desk.SitDownAsync();
        var state = desk.Write("state.json", (await LegacyAsync(desk)).Text());
        await desk.Cloud.FaultAsync("delay=2s on PUT *");
        string[] words = ["cluster", "import", "shop", "--from-terraform", state, "--yes"];
        using (var running = desk.Start(words))
        {
            while (await MarkedAsync(desk) < 2)
            {
                await Task.Delay(20);
            }

            await running.SignalAsync("KILL");
            await running.EndAsync();
        }

        await desk.Cloud.MendAsync();
        var shown = (await desk.RunAsync("cluster", "show", "shop")).Ended(0);
        Assert.Contains("cluster import shop --from-terraform STATE", shown.Out, StringComparison.Ordinal);
        Assert.Contains("LCT4065", (await desk.RunAsync("cluster", "resume", "shop")).Ended(5).Error, StringComparison.Ordinal);
        Assert.Equal("[]", (await desk.RunAsync("cluster", "orphans", "-o", "json")).Ended(0).Out.Trim());

        (await desk.RunAsync(words)).Ended(0);

        Assert.Equal(Things, await MarkedAsync(desk));
        Assert.Equal("started", (string)(await desk.RunAsync("cluster", "show", "shop", "-o", "json")).Json["state"]!);
    }

    [Theory]
    [InlineData(2, "LCT1005")]
    [InlineData(2, "LCT1011", "--tag", "a", "--from-terraform", "state.json")]
    [InlineData(12, "LCT7540", "--from-terraform", "nowhere.json")]
    [InlineData(12, "LCT7181", "--from-terraform", "state.json")]
    [InlineData(12, "LCT7182", "--from-terraform", "old.json")]
    [InlineData(2, "LCT1082", "--from-terraform", "good.json", "--api", "v3")]
    [InlineData(5, "LCT4061", "--from-terraform", "good.json")]
    public async Task What_cannot_be_is_said_and_ends_with_its_code(int code, string problem, params string[] more)
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_API_KEY"] = "a-key-of-the-tests";
        desk.Write("state.json", "{ \"version\": 4, ");
        desk.Write("old.json", new StateMaker { Version = 3 }.Text());
        desk.Write("good.json", new StateMaker().Add("linode_instance", "web", [StateMaker.Gone(918273, "web")]).Text());

        var refused = (await desk.RunAsync(["cluster", "import", "shop", .. more])).Ended(code);

        Assert.Empty(refused.Out);
        Assert.Contains($"error {problem}", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_another_s_is_named_and_nothing_is_taken_up_not_even_with_yes()
    {
        await using var desk = await Desk.SitDownAsync();
        var state = desk.Write("state.json", (await LegacyAsync(desk)).Text());
        var node = (await desk.Cloud.ListAsync("linode/instances"))[0];
        await desk.Cloud.SendAsync("PUT", $"/v4/linode/instances/{node["id"]}", $$"""{ "tags": ["lct:{{Guid.NewGuid():D}}"] }""");
        var before = (await desk.Cloud.WritesAsync()).Count;

        var refused = (await desk.RunAsync("cluster", "import", "shop", "--from-terraform", state, "--yes")).Ended(5);
        var json = (await desk.RunAsync("cluster", "import", "shop", "--from-terraform", state, "--dry-run", "-o", "json")).Ended(5);

        Assert.Contains("error LCT4062", refused.Error, StringComparison.Ordinal);
        Assert.Contains("refused", refused.Error, StringComparison.Ordinal);
        Assert.Contains(json.Json["items"]!.AsArray(), item => (string)item!["verdict"]! == "refused");
        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);
    }

    /// <summary>Nodes, a volume and a firewall as others have made them, and the state that Terraform would have of it.</summary>
    private static async Task<StateMaker> LegacyAsync(Desk desk)
    {
        var ids = new List<long>();
        foreach (var at in new[] { 1, 2, 3 })
        {
            ids.Add((long)(await desk.Cloud.SendAsync("POST", "/v4/linode/instances", $$"""
                { "label": "web-{{at}}", "region": "us-east", "type": "g6-nanode-1", "tags": ["webserver"], "image": "linode/debian12",
                  "root_pass": "S0me-long-enough-passw0rd!", "private_ip": true }
                """))["id"]!);
        }

        await desk.Cloud.SendAsync("POST", "/v4/volumes", $$"""{ "label": "data", "size": 20, "linode_id": {{ids[0]}} }""");
        await desk.Cloud.SendAsync("POST", "/v4/networking/firewalls", $$"""
            { "label": "wall", "rules": { "inbound_policy": "DROP", "outbound_policy": "ACCEPT", "inbound": [], "outbound": [] },
              "devices": { "linodes": [{{string.Join(", ", ids)}}] } }
            """);
        while ((await desk.Cloud.ListAsync("linode/instances")).Exists(row => (string)row["status"]! != "running"))
        {
            await Task.Delay(20);
        }

        return await StateMaker.OfAsync(async path => await desk.Cloud.ListAsync(path), _ => "web");
    }

    private static async Task<int> MarkedAsync(Desk desk)
    {
        var marked = 0;
        foreach (var path in new[] { "linode/instances", "volumes", "networking/firewalls" })
        {
            var rows = await desk.Cloud.ListAsync(path);
            var marks = rows.Select(row => row["tags"]!.AsArray().Count(tag => ((string)tag!).StartsWith("lct:", StringComparison.Ordinal))).ToList();
            Assert.All(marks, count => Assert.InRange(count, 0, 1));
            marked += marks.Sum();
        }

        return marked;
    }

    // What is typed goes to a terminal of its own, which is where the question comes from.
    private static Task<Finished> AtTerminalAsync(Desk desk, string typed, string line) =>
        desk.ShellAsync($"(sleep 4; echo {typed}; sleep 2) | script -qefc 'linodetool {line}' /dev/null");
}
