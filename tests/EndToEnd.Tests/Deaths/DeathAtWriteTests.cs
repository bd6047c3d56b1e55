using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Deaths;

/// <summary>The real program killed (-9) right before and right after writes of its state file, and then gone on with.</summary>
/// <remarks>
/// <c>LCT_DEATHS</c> says how many cases are run, spread evenly over all, or <c>all</c>; <c>LCT_DEATHS_PLAN=shop</c> takes the shop's 82 nodes.
/// Which steps share a write differs from run to run, so the same case may be another moment the next time.
/// </remarks>
[Collection("alone")]
public sealed class DeathAtWriteTests(ITestOutputHelper output)
{
    private const int AtOnce = 6; // most of a run is waiting
    private static readonly string Killer = Path.Combine(AppContext.BaseDirectory, "Deaths", "die_at_write.py");
    private static readonly bool Shop = Environment.GetEnvironmentVariable("LCT_DEATHS_PLAN") == "shop";

    [TracingFact]
    public async Task A_run_that_dies_at_a_write_of_its_state_is_brought_to_the_same_end_by_resume()
    {
        var clock = Stopwatch.StartNew();
        var (planned, writes) = await UndisturbedAsync();
        var all = Enumerable.Range(1, writes).SelectMany(write => new[] { new Death(write, "before"), new Death(write, "after") }).ToList();
        var share = Share(all.Count);
        var cases = new Queue<Death>(Enumerable.Range(0, share).Select(at => all[(int)((at + 0.5) * all.Count / share)]).ToList());
        var (died, wrong) = (0, new List<string>());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            await using var cloud = await Cloud.StartAsync("--hosts", "records");
            while (Next(cases) is { } death)
            {
                var (dead, said) = await DieAsync(cloud, death, planned);
                lock (wrong)
                {
                    died += dead ? 1 : 0;
                    wrong.AddRange(said is "" ? [] : [$"{death}: {said}"]);
                }
            }
        }));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{share} of {all.Count} cases run: killed at a write of the state file, {died} died there, {wrong.Count} wrong, in {clock.Elapsed.TotalSeconds:0} s"));
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        Assert.InRange(died, share * 3 / 4, share); // the others had fewer writes than the rehearsal
    }

    private static int Share(int all) => Environment.GetEnvironmentVariable("LCT_DEATHS") switch
    {
        "all" => all,
        { Length: > 0 } number => Math.Min(all, int.Parse(number, CultureInfo.InvariantCulture)),
        _ => Math.Min(all, 20),
    };

    private static Death? Next(Queue<Death> cases)
    {
        lock (cases)
        {
            return cases.TryDequeue(out var next) ? next : null;
        }
    }

    private static string PlanOf(Desk desk) => Shop ? Desk.Shipped("ha-wordpress.yaml") : desk.Write("plan.yaml", Standing.Plan);

    private static Running Create(Desk desk, Death death) => desk.Launch("python3",
    [
        Killer, Path.Combine(desk.Kept, "data", "inventory.db"), death.Write.ToString(CultureInfo.InvariantCulture), death.Moment,
        Build.Tool, "cluster", "create", "fleet", PlanOf(desk),
    ]);

    private static async Task<(IReadOnlyList<string> Planned, int Writes)> UndisturbedAsync()
    {
        await using var desk = await Desk.SitDownAsync("--hosts", "records");
        await new Account(desk.Cloud).ResetAsync();
        using var run = Create(desk, new Death(0, "before"));
        var told = (await run.EndAsync()).Ended(0).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return (await Standing.OfAsync(desk.Cloud), int.Parse(told.Split(' ')[0], CultureInfo.InvariantCulture));
    }

    private static async Task<(bool Died, string Wrong)> DieAsync(Cloud cloud, Death death, IReadOnlyList<string> planned)
    {
        var desk = Desk.SitDown(cloud);
        try
        {
            var account = new Account(cloud);
            await account.ResetAsync();
            using var run = Create(desk, death);
            var ended = await run.EndAsync();
            var resumed = await desk.RunAsync("cluster", "resume", "fleet");
            if (resumed.Error.Contains("LCT4011", StringComparison.Ordinal)) // died before anything of the cluster was on record
            {
                resumed = await desk.RunAsync("cluster", "create", "fleet", PlanOf(desk));
            }

            var wrong = ended.Code is 137 or 0 && resumed.Code == 0 ? await account.WrongAsync(desk, planned)
                : $"ended with {ended.Code}, then {resumed.Code}\n{ended.Error}\n{resumed.Error}";
            return (ended.Code == 137, wrong);
        }
        finally
        {
            await desk.LeaveAsync();
        }
    }

    /// <summary>A write of the state file, and on which side of it the program dies.</summary>
    private sealed record Death(int Write, string Moment);
}
