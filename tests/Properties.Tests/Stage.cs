using LinodeClusterToolkit;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tests.EndToEnd;

namespace Properties.Tests;

/// <summary>What the undisturbed run came to.</summary>
/// <param name="Lines">What stands in the cloud.</param>
/// <param name="Requests">What was asked for, as the emulator's faults name it: <c>on POST /volumes label=a nth=1</c>.</param>
/// <param name="Commits">How many commits its records took.</param>
internal sealed record Model(IReadOnlyList<string> Lines, IReadOnlyList<string> Requests, int Commits);

/// <summary>Plays cases, each in a world of its own, and holds what stands at the end against the undisturbed run.</summary>
/// <param name="act">What is done in them.</param>
/// <param name="planted">A bug put between the toolkit and the cloud, for tests of this harness itself; null for none.</param>
internal sealed class Stage(Act act, Func<HttpMessageHandler, HttpMessageHandler>? planted = null)
{
    private const int MostResumes = 6;

    /// <summary>The run without any trouble.</summary>
    public async Task<Model> RehearseAsync(long seed)
    {
        var troupe = new Troupe([]);
        await using var world = Open(seed, troupe);
        await Strangers.MakeAsync(world);
        await act.PrepareAsync(world);
        var before = world.Cloud.Core.Ask(_ => world.Cloud.Core.Log.Requests.Last().Seq);
        var summary = (await world.Time.RunAsync(() => act.BeginAsync(world, default)))!;
        var view = await world.Toolkit.GetClusterAsync(act.Cluster);
        var why = summary.Failures.Select(one => $"{one.Step}: {one.Problem} {one.Problem.Why}");
        var wrong = Standing.Apart(world, view)
            .Concat(summary.Outcome == "done" ? [] : [$"it ended {summary.Outcome}: {string.Join(" | ", why)}"]).ToList();
        return wrong.Count == 0
            ? new Model(await Standing.OfAsync(world, view), RequestList.Of(world, before), troupe.Living.Commits)
            : throw new InvalidOperationException("undisturbed, " + string.Join("; ", wrong));
    }

    /// <summary>One case to its end, gone on with as often as it takes.</summary>
    public async Task<Verdict> PlayAsync(Case played, Model model)
    {
        var troupe = new Troupe([.. played.Troubles.OfType<Trouble.Death>()], act.Unharmed);
        await using var world = Open(played.Seed, troupe);
        var strangers = await Strangers.MakeAsync(world);
        await act.PrepareAsync(world);
        foreach (var fault in played.Troubles.OfType<Trouble.Fault>())
        {
            await world.FaultAsync(fault.Spec);
        }

        var (resumes, wrong) = (0, new List<string>());
        var ending = await LiveAsync(world, troupe, leave => act.BeginAsync(world, leave));
        while (ending != "done" && resumes < MostResumes)
        {
            resumes++;
            ending = await LiveAsync(world, troupe, leave => act.GoOnAsync(world, leave));
        }

        if (ending != "done")
        {
            wrong.Add($"after {resumes} resumes it is {ending}");
        }

        var view = await world.Toolkit.GetClusterAsync(act.Cluster);
        var lines = await Standing.OfAsync(world, view);
        wrong.AddRange(Surplus(model.Lines, lines).Select(line => $"missing: {line}"));
        wrong.AddRange(Surplus(lines, model.Lines).Select(line => $"too much: {line}"));
        wrong.AddRange(Standing.Apart(world, view));
        wrong.AddRange(Strangers.Touched(world, strangers));
        return new Verdict(wrong, troupe.Deaths + (await world.StruckAsync()).Count(struck => struck > 0), resumes);
    }

    private World Open(long seed, Troupe troupe) => new(new() { Seed = seed }, with: options => troupe.Next(
        planted is null ? options : options with { Handler = planted(options.Handler!) }));

    private static async Task<string> LiveAsync(World world, Troupe troupe, Func<CancellationToken, Task<RunSummary?>> run) =>
        await world.Time.RunAsync(async () =>
        {
            using var leave = new CancellationTokenSource();
            var death = troupe.NextDeath();
            var running = run(leave.Token);
            if (await Task.WhenAny(running, death) == death)
            {
                troupe.Living.Bury();
                await leave.CancelAsync();
                await running.ContinueWith(_ => { }, TaskScheduler.Default);
                return "dead";
            }

            try
            {
                var summary = await running;
                return summary is null or { Outcome: "done" } ? "done" : $"{summary.Outcome}: {string.Join(" | ", summary.Failures)}";
            }
            catch (LinodeToolkitException thrown)
            {
                return $"not begun: {thrown.Problem} {thrown.Problem.Why}";
            }
        });

    // Two equal lines are two things.
    private static IEnumerable<string> Surplus(IEnumerable<string> of, IEnumerable<string> over)
    {
        var left = over.GroupBy(line => line).ToDictionary(same => same.Key, same => same.Count());
        return of.Where(line =>
        {
            left[line] = left.GetValueOrDefault(line) - 1;
            return left[line] < 0;
        }).ToList();
    }
}
