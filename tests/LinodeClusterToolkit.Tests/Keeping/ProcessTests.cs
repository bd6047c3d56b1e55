using System.Diagnostics;
using System.Globalization;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Keeping;

/// <summary>What every place does for processes that are killed, or two at once; a provider is tested by a class that says which.</summary>
public abstract class ProcessTests : IDisposable
{
    private const int Lanes = 2;
    private readonly TempFolder temp = new();

    /// <summary>Name of the provider, as <see cref="KeepingProgram.Open"/> knows it.</summary>
    private protected abstract string Provider { get; }

    /// <summary>How often a process is killed: <c>LCT_KILLS</c>, or a few times only, since each takes a process two times to start.</summary>
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("LCT_KILLS") ?? "24", CultureInfo.InvariantCulture);

    /// <summary>Makes an empty place, and says where it is: a folder, unless the provider has other places.</summary>
    private protected virtual string Make(string name) => temp[name];

    /// <summary>Says what is wrong with what is left once another process has written after one that was killed; null for nothing.</summary>
    private protected virtual string? Left(string where) => null;

    [Fact]
    public async Task Killed_at_any_moment_it_has_all_it_said_and_nothing_half() =>
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => KillAsync(Make($"lane-{lane}"), lane))));

    [Fact]
    public async Task Two_processes_that_change_the_same_nodes_lose_nothing_of_each_others()
    {
        var where = Make("two");
        await BeginAsync(where);
        await Task.WhenAll(new[] { "a", "b" }.Select(async name =>
        {
            using var process = Start("add", where, name, "150");
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }));

        await using var place = KeepingProgram.Open(Provider, where);
        Assert.All(
            await place.Inventory.ListNodesAsync(new(), default).ToListAsync(),
            node => Assert.Equal(300, node.Tags.Skip(1).Distinct().Count()));
    }

    public void Dispose() => temp.Dispose();

    private async Task KillAsync(string where, int seed)
    {
        var chance = new Random(seed);
        await BeginAsync(where);
        for (var (kill, told, last) = (0, 0, 0); kill < Kills / Lanes; kill++)
        {
            using var process = Start("write", where, $"{last + 1}");

            // Now and then before it has said anything: while it opens the place, or makes good what the one before left.
            var said = kill % 4 == 0 ? null : await process.StandardOutput.ReadLineAsync();
            await Task.Delay(chance.Next(kill % 4 == 0 ? 150 : 60));
            process.Kill();
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                said = line;
            }

            await process.WaitForExitAsync();
            told = said is null ? told : int.Parse(said, CultureInfo.InvariantCulture);
            last = await CheckAsync(where, told, Math.Max(told, last));
            Assert.Null(Left(where));
        }
    }

    private async Task<int> CheckAsync(string where, int told, int least)
    {
        await using var place = KeepingProgram.Open(Provider, where);
        var nodes = await place.Inventory.ListNodesAsync(new(), default).ToListAsync();
        var number = int.Parse(Assert.Single(nodes.Select(node => Assert.Single(node.Tags)).Distinct()), CultureInfo.InvariantCulture);
        Assert.Equal(3, nodes.Count);
        Assert.InRange(number, least, least + 1);
        var steps = await place.Journal.ReadAsync("7f3a", default);
        Assert.InRange(steps.Select(step => step.Attempts).DefaultIfEmpty().Max(), told, number);
        var counters = await place.Inventory.GetCountersAsync(nodes[0].ClusterId, default);
        Assert.InRange(counters.GetValueOrDefault("db"), told, number);

        // Each change of all three is in the history once, in order.
        var powers = (await place.Inventory.ListChangesAsync(new(), default).ToListAsync())
            .Where(change => change.Aspect == StateAspect.Power).ToList();
        Assert.Equal(3 * number, powers.Count);
        Assert.Equal(powers.Select(change => change.Number).Order().Distinct(), powers.Select(change => change.Number));
        await place.Inventory.RaiseCountersAsync(nodes[0].ClusterId, new Dictionary<string, long> { ["db"] = number }, default);
        return number;
    }

    private async Task BeginAsync(string where)
    {
        await using var place = KeepingProgram.Open(Provider, where);
        var cluster = new ClusterRecord(
            Guid.NewGuid(), "web", ClusterState.Started, "version: 1", "plan.yaml", "{}", DateTimeOffset.UnixEpoch);
        Assert.True(await place.Inventory.TryAddClusterAsync(cluster, default));
        await place.Inventory.SaveNodesAsync(
            [
                .. KeepingProgram.Keys.Select((key, at) => new NodeRecord(
                    cluster.Id, key, $"db-{at + 1}", "us-east", "db", at + 1, "g6-nanode-1", "linode/debian12", $"db-{at + 1}", ["0"],
                    NodeState.Ready)),
            ],
            default);
    }

    private Process Start(string verb, string where, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KeepingProgram).Assembly.Location, verb, Provider, where, .. more])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}

public sealed class JsonProcessTests : ProcessTests
{
    private protected override string Provider => "json";

    private protected override string? Left(string where)
    {
        var own = Path.Combine(where, "inventory", FolderEngine.Own);
        return Directory.GetFiles(Path.Combine(own, "next")).Length > 0 ? "files that were prepared"
            : new FileInfo(Path.Combine(own, "log")).Length > 0 ? "a log"
            : Directory.GetFiles(own).Length > 5 ? "more files than there should be" : null;
    }
}

public sealed class SqliteProcessTests : ProcessTests
{
    private protected override string Provider => "sqlite";
}

public sealed class PostgresProcessTests : ProcessTests
{
    private protected override string Provider => "postgres";

    private protected override string Make(string name) => PostgresServer.NewPlace();
}
