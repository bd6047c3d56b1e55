using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What scripts see of the program.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task No_command_of_the_tree_puts_an_escape_byte_on_a_pipe()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);
        var commands = await CommandsAsync(desk);
        Assert.True(commands.Count >= 25, string.Join('\n', commands));

        // Without arguments most say what is missing, with them they work: both ways must stay clean.
        string[] atWork =
        [
            "cluster create web plan.yaml --color auto --progress auto", "cluster show web", "cluster list -o wide", "cluster events web", "node list -o yaml",
            "plan expand plan.yaml", "plan show plan.yaml --cost", "plan validate plan.yaml", "task list", "secret list", "help", "help options",
            "cluster exec web -- uptime", "node why web-us-east-web-1", "cluster cp web plan.yaml *:",
        ];
        foreach (var line in commands.Concat(commands.Select(command => command + " --help")).Concat(atWork))
        {
            var result = await desk.RunAsync(line.Split(' '));

            Assert.DoesNotContain('\u001b', result.Out + result.Error);
            Assert.True(result.Code == 0 || result.Out.Length == 0, $"{line}: failed, and still wrote to standard output");

            // Workers share records in a database, which this desk has not.
            var isWorkers = line.StartsWith("worker", StringComparison.Ordinal);
            Assert.True(result.Code is 0 or 2 or 5 or 9 || (isWorkers && result.Code == 12), $"{line}: {result.Code}\n{result.Error}");
        }
    }

    [Fact]
    public async Task Every_listing_is_a_document_under_o_json()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 2);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        string[] listings =
        [
            "cluster list", "cluster events web", "node list", "task list", "secret list", "regions", "types", "images", "kernels", "plan validate plan.yaml",
            "plan expand plan.yaml",
        ];

        foreach (var line in listings)
        {
            Assert.IsType<JsonArray>((await desk.RunAsync([.. line.Split(' '), "-o", "json"])).Ended(0).Json);
        }

        foreach (var line in new[] { "cluster show web", "plan show plan.yaml --cost", "node show web-us-east-web-1", "node why web-us-east-web-1", "version", "emulator status" })
        {
            Assert.IsType<JsonObject>((await desk.RunAsync([.. line.Split(' '), "-o", "json"])).Ended(0).Json);
        }

        var failed = (await desk.RunAsync("cluster", "show", "no-such", "-o", "json")).Ended(5);
        Assert.Empty(failed.Out);
        Assert.StartsWith("LCT4", (string)JsonNode.Parse(failed.Error)!["error"]!["code"]!);
    }

    [Fact]
    public async Task Standard_output_of_a_run_is_its_result_and_nothing_else()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 3);

        var made = (await desk.RunAsync("cluster", "create", "web", "plan.yaml", "-o", "json")).Ended(0);
        var names = (await desk.RunAsync("node", "list", "-o", "name")).Ended(0);

        Assert.Equal("web", (string)made.Json["name"]!);
        Assert.Equal(["web-us-east-web-1", "web-us-east-web-2", "web-us-east-web-3"], names.Lines);
        Assert.Empty(names.Error);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_ends_a_listing_quietly_with_0()
    {
        await using var desk = await Desk.SitDownAsync();

        var result = await desk.ShellAsync("{ linodetool kernels -o name; echo $? >&2; } | head -1");

        Assert.Single(result.Lines);
        Assert.Equal("0\n", result.Error);
    }

    [Fact]
    public async Task A_german_machine_gets_english_and_decimal_points()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 1);
        var english = (await desk.RunAsync("plan", "show", "plan.yaml", "--cost")).Ended(0);
        desk.Environment["LANG"] = desk.Environment["LC_ALL"] = desk.Environment["LANGUAGE"] = "de_DE.UTF-8";

        var german = (await desk.RunAsync("plan", "show", "plan.yaml", "--cost")).Ended(0);

        Assert.Equal(english.Out, german.Out);
        Assert.Contains("$0.0075/h", german.Out);
        Assert.Contains("$5.00", german.Out);
        Assert.Contains("NAME is missing", (await desk.RunAsync("cluster", "create")).Ended(2).Error);
    }

    /// <summary>Every command there is, as the help names them.</summary>
    private static async Task<List<string>> CommandsAsync(Desk desk)
    {
        var commands = new List<string>();
        var help = (await desk.RunAsync("help")).Ended(0).Out.Replace(" |\n", " | ", StringComparison.Ordinal); // long lists go on in the next line
        foreach (var line in help.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)))
        {
            var (noun, rest) = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, var second]
                ? (first, second)
                : ("", "");
            if (noun is "" or "account" or "no account")
            {
                continue;
            }

            commands.AddRange(rest.Contains(" | ", StringComparison.Ordinal) || noun is "task"
                ? rest.Split(" | ").Where(verb => noun != "emulator" || verb is "status" or "reset").Select(verb => $"{noun} {verb}")
                : [noun]);
        }

        return commands;
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_a_failure_not_a_reader_that_had_enough()
    {
        await using var desk = await Desk.SitDownAsync();
        Assert.Contains("error LCT7545", (await desk.ShellAsync("linodetool regions >/dev/full")).Ended(12).Error);
    }
}
