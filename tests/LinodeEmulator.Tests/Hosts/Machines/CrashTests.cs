using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LinodeEmulator.Tests.Program;

namespace LinodeEmulator.Tests.Hosts.Machines;

public sealed class CrashTests
{
    [MachinesFact]
    public async Task Leaves_nothing_behind_when_it_stops_and_takes_away_what_a_killed_one_left()
    {
        var folder = Directory.CreateTempSubdirectory("emulator-crash-").FullName;
        string space;
        await using (var killed = await StartAsync(folder))
        {
            space = await BootAsync(killed);
            await killed.KillAsync();
        }

        Assert.NotEmpty(await LeftAsync(space));
        await using (var next = await StartAsync(folder))
        {
            // The cloud is kept: what ran is booted again.
            Assert.Equal(space, await BootAsync(next, create: false));
            var (code, _, errors) = await next.EndAsync("TERM");
            Assert.Equal((0, ""), (code, errors));
        }

        Assert.Equal("", string.Join('\n', await LeftAsync(space)));
        Directory.Delete(folder, recursive: true);
    }

    private static Task<RunningProgram> StartAsync(string folder) =>
        RunningProgram.StartAsync("--hosts", "machines", "--latency", "none", "--limits", "none", "--state", folder);

    /// <summary>Boots a node and tells the namespace of its emulator.</summary>
    private static async Task<string> BootAsync(RunningProgram program, bool create = true)
    {
        if (create)
        {
            using var body = new StringContent(TestCloud.Node("web-1"), Encoding.UTF8, "application/json");
            (await program.Client.PostAsync("/v4/linode/instances", body)).EnsureSuccessStatusCode();
        }

        var space = "";
        await RealCloud.UntilAsync(
            async () =>
            {
                var machine = (await program.Client.GetFromJsonAsync<JsonNode>("/_emulator/machines"))!["machines"]!.AsArray().FirstOrDefault();
                space = ((string?)machine?["namespace"])?.Split('-')[0] ?? "";
                return machine?["pid"] is not null;
            },
            "a machine that runs");
        return space;
    }

    /// <summary>What bears the name of an emulator's namespace: namespaces, links, mounts, devices, processes.</summary>
    private static async Task<IReadOnlyList<string>> LeftAsync(string space)
    {
        var place = $"/run/linode-emulator/{space[2..]}/";
        var namespaces = await LinesAsync("ip", "netns", "list");
        var links = await LinesAsync("ip", "-br", "link");
        var devices = await LinesAsync("losetup", "--list", "--noheadings", "--output", "BACK-FILE");
        var processes = await LinesAsync("ps", "-eo", "args");
        return
        [
            .. namespaces.Where(line => line.Split(' ')[0] == space || line.StartsWith(space + '-', StringComparison.Ordinal)),
            .. links.Where(line => line.StartsWith(space + '@', StringComparison.Ordinal)),
            .. (await File.ReadAllLinesAsync("/proc/self/mounts")).Where(line => line.Contains(place, StringComparison.Ordinal)),
            .. devices.Where(line => line.Contains("/emulator-crash-", StringComparison.Ordinal)),
            .. processes.Where(line => line.StartsWith("systemd-nspawn", StringComparison.Ordinal) && line.Contains(place, StringComparison.Ordinal)),
        ];
    }

    private static async Task<string[]> LinesAsync(string program, params string[] arguments) =>
        (await RealCloud.RunAsync(program, arguments)).Split('\n');
}
