using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Program;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Says_one_line_when_ready_and_ends_at_a_signal(string signal)
    {
        await using var program = await RunningProgram.StartAsync("--latency", "fast", "--seed=9");
        Assert.StartsWith("http://127.0.0.1:", (string)program.Ready["url"]!, StringComparison.Ordinal);
        Assert.Equal("records fast 9 real", $"{program.Ready["hosts"]} {program.Ready["latency"]} {program.Ready["seed"]} {program.Ready["clock"]}");
        using var answer = await program.Client.GetAsync(new Uri("/v4/linode/kernels/linode%2Fgrub2", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((0, "", ""), await program.EndAsync(signal));
    }

    [Fact]
    public async Task Ends_when_the_control_plane_is_asked_to()
    {
        await using var program = await RunningProgram.StartAsync();
        using var answer = await program.Client.PostAsync(new Uri((string)program.Ready["control"]! + "stop"), null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, (await program.ExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Loses_nothing_it_has_acknowledged_when_killed()
    {
        var directory = Directory.CreateTempSubdirectory("emulator-kill-").FullName;
        var acknowledged = new List<string>();
        await using (var program = await RunningProgram.StartAsync("--state", directory, "--limits", "none"))
        {
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var creating = CreateUntilCutAsync(program.Client, acknowledged, enough);
            await enough.Task;
            await program.KillAsync();
            await creating;
        }

        await using var again = await RunningProgram.StartAsync("--state", directory);
        var page = JsonNode.Parse(await again.Client.GetStringAsync(new Uri("/v4/linode/instances?page_size=500", UriKind.Relative)))!;
        var labels = page["data"]!.AsArray().Select(node => (string)node!["label"]!).ToHashSet();
        Assert.Empty(acknowledged.Except(labels));
        Assert.InRange(labels.Count, acknowledged.Count, acknowledged.Count + 1);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Cuts_a_real_connection_after_the_node_was_made()
    {
        await using var program = await RunningProgram.StartAsync("--fault", "cut-after on POST /linode/instances nth=1");
        await Assert.ThrowsAsync<HttpRequestException>(() => program.Client.PostAsync("/v4/linode/instances", Node("web-1")));
        var page = await program.Client.GetFromJsonAsync<JsonNode>("/v4/linode/instances");
        Assert.Equal("web-1", (string)page!["data"]![0]!["label"]!);
    }

    [Theory]
    [InlineData("--latency slow", "--latency cannot be 'slow'")]
    [InlineData("--port 70000", "--port should be a whole number up to 65535")]
    [InlineData("--fault boom", "'boom' is no effect")]
    [InlineData("--limits none,create=5", "a limit's class cannot be 'create'")]
    [InlineData("--limits none,list=5", "a window is COUNT/SECONDS")]
    [InlineData("--frob 1", "'--frob' is no option")]
    [InlineData("--seed", "--seed needs a value")]
    public async Task Refuses_options_it_does_not_understand(string arguments, string message)
    {
        using var process = RunningProgram.Launch(arguments.Split(' '));
        var (output, errors) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal((2, ""), (process.ExitCode, output));
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_every_option()
    {
        var options = CommandLine.Parse([
            "--port", "8080", "--seed", "3", "--latency", "none", "--limits", "documented,create-linode=5/15+10/30s,v3=7/60,v3-add-linode=8/3600",
            "--catalogue", "2017", "--state", "/tmp/somewhere", "--v3-unknown-linode", "error",
            "--token", "narrow=linodes:read_only", "--token", "old=revoked", "--token", "guest=restricted", "--fault", "quota=50", "--clock",
            "virtual"]);
        Assert.Equal(
            "8080 3 None Beta2017 /tmp/somewhere", $"{options.Port} {options.Seed} {options.Latency} {options.Catalogue} {options.StateDirectory}");
        Assert.Equal([5, 10], options.Limits.Windows[LinodeEmulator.Limits.LimitClass.CreateLinode].Select(window => window.Requests));
        Assert.Equal(
            (7, 8, true),
            (options.Limits.Windows[LinodeEmulator.Limits.LimitClass.V3][0].Requests,
                options.Limits.Windows[LinodeEmulator.Limits.LimitClass.V3AddLinode][0].Requests, options.V3RefusesUnknownLinode));
        Assert.Equal(
            ["linodes:read_only False False", "* True False", "* False True"],
            options.Tokens.Select(token => $"{token.Scopes} {token.Revoked} {token.Restricted}"));
        Assert.Equal(50, Assert.Single(options.Faults).Number);
        Assert.IsType<LinodeEmulator.Time.VirtualClock>(options.Clock);
    }

    private static StringContent Node(string label) => new(TestCloud.Node(label), Encoding.UTF8, "application/json");

    private static async Task CreateUntilCutAsync(HttpClient client, List<string> acknowledged, TaskCompletionSource enough)
    {
        try
        {
            for (var index = 0; ; index++)
            {
                using var answer = await client.PostAsync("/v4/linode/instances", Node($"web-{index}"));
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                acknowledged.Add($"web-{index}");
                if (acknowledged.Count == 40)
                {
                    enough.SetResult();
                }
            }
        }
        catch (HttpRequestException)
        {
            // The program was killed: what was acknowledged until then must be there again.
        }
    }
}
