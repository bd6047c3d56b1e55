using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Properties.Tests;

/// <summary>
/// Whatever fails in a run of the 82 nodes and wherever its process dies, once resumed there is what the plan says: nothing twice, nothing
/// orphaned, nothing of others touched.
/// </summary>
/// <remarks>
/// One case in <c>LCT_PROPERTIES_ONE_IN</c> is played, the whole with 1; which ones is shifted by <c>LCT_PROPERTIES_SHIFT</c>. One in 7 and fewer
/// still meets every request.
/// </remarks>
public sealed class PropertyTests(Workers workers, ITestOutputHelper output) : IClassFixture<Workers>
{
    private const int MostShrunk = 3;
    private static readonly int OneIn = Setting("LCT_PROPERTIES_ONE_IN", 24);
    private static readonly int Shift = Setting("LCT_PROPERTIES_SHIFT", 0);
    private static readonly Lazy<Task<CaseList>> Cases = new(async () => CaseList.Read((await Workers.AskAsync("list")).Split('\n'), Program.Seed));

    [Fact]
    public async Task A_fault_at_any_request_changes_nothing_of_what_is_left()
    {
        var all = (await Cases.Value).AtRequests;
        Assert.InRange(all.Count, 1000, 10_000);
        await HoldAsync("faults at requests", all.Count, CaseList.Share(all, CaseList.Effects.Count, OneIn, Shift));
    }

    [Fact]
    public async Task A_death_right_before_or_after_any_write_of_the_journal_changes_nothing_of_what_is_left()
    {
        var all = (await Cases.Value).AtCommits;
        Assert.InRange(all.Count, 1000, 20_000);
        await HoldAsync("deaths at commits", all.Count, CaseList.Share(all, 2, OneIn, Shift));
    }

    [Fact]
    public async Task Several_faults_and_deaths_in_one_run_change_nothing_of_what_is_left()
    {
        var cases = await Cases.Value;
        var all = Enumerable.Range(1, 400).Select(cases.Mixed).ToList();
        await HoldAsync("mixtures", all.Count, CaseList.Share(all, 1, OneIn, Shift));
    }

    [Fact]
    public async Task A_bad_day_ends_complete_or_names_what_is_missing_and_one_retry_completes_it()
    {
        var days = Enumerable.Range(1, 200).Where(day => (day + Shift) % OneIn == 0).ToList();
        var began = Stopwatch.GetTimestamp();
        var verdicts = await Task.WhenAll(days.Select(day => workers.PlayAsync($"{Days.Word}{day.ToString(CultureInfo.InvariantCulture)}")));
        var failed = days.Zip(verdicts).Where(pair => pair.Second.Wrong.Count > 0).ToList();

        output.WriteLine(FormattableString.Invariant($"{days.Count} of 200 cases run: bad days, shift {Shift}, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; ")
            + FormattableString.Invariant($"{verdicts.Count(verdict => verdict.Resumes == 0)} ended complete, {verdicts.Count(verdict => verdict.Resumes > 0)} were retried, ")
            + FormattableString.Invariant($"{failed.Count} failed"));
        Assert.True(failed.Count == 0, string.Join('\n', failed.Select(pair => $"day {pair.First}\n  {string.Join("\n  ", pair.Second.Wrong)}")));
    }

    private async Task HoldAsync(string what, int all, IReadOnlyList<Case> cases)
    {
        var began = Stopwatch.GetTimestamp();
        var verdicts = await Task.WhenAll(cases.Select(one => workers.PlayAsync($"{one}")));
        var unmet = verdicts.Count(verdict => verdict.Met == 0);
        var failed = cases.Zip(verdicts).Where(pair => pair.Second.Wrong.Count > 0).ToList();
        var resumed = verdicts.Count(verdict => verdict.Resumes > 0);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;

        // tests/run looks for lines such as this one.
        var told = FormattableString.Invariant($"{cases.Count} of {all} cases run: {what}, shift {Shift}, in {took:0} s; ")
            + FormattableString.Invariant($"{unmet} met no trouble, {resumed} were resumed, {failed.Count} failed");
        output.WriteLine(told);
        foreach (var (one, _) in failed.Take(MostShrunk))
        {
            var smallest = await Shrink.ToSmallestAsync(one, async smaller => (await workers.PlayAsync($"{smaller}")).Wrong.Count > 0);
            output.WriteLine($"smallest: {smallest}");
        }

        Assert.InRange(unmet, 0, cases.Count / 20);
        Assert.True(failed.Count == 0, string.Join('\n', failed.Select(pair => $"{pair.First}\n  {string.Join("\n  ", pair.Second.Wrong)}")));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
