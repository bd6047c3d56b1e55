using System.Globalization;
using Xunit.Abstractions;

namespace Properties.Tests;

/// <summary>The same through version 3 of the API, whose create call gives a node neither name nor mark: what is left is what the plan says.</summary>
/// <remarks>Of its requests, which are thousands, few are disturbed: one case in <c>LCT_PROPERTIES_V3_ONE_IN</c>.</remarks>
public sealed class OldApiTests(OldApiTests.OldWorkers workers, ITestOutputHelper output) : IClassFixture<OldApiTests.OldWorkers>
{
    private static readonly int OneIn = int.Parse(
        Environment.GetEnvironmentVariable("LCT_PROPERTIES_V3_ONE_IN") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_fault_at_any_request_changes_nothing_of_what_is_left()
    {
        var all = CaseList.Read((await Workers.AskAsync("list", "v3")).Split('\n'), Program.Seed);
        var cases = CaseList.Share(all.AtRequests, CaseList.Effects.Count, OneIn, 0);
        await HoldAsync("faults at requests of version 3", all.AtRequests.Count, cases);
    }

    [Fact]
    public async Task An_answer_that_is_lost_at_any_create_call_makes_no_node_twice()
    {
        string[] creates = [.. Enumerable.Range(1, 82).Where(nth => nth % 20 == 1).Select(nth => $"seed 1; fault cut-after on POST /v3/linode.create nth={nth}")];
        await HoldAsync("answers of create calls lost", 82, [.. creates.Select(Case.Parse)]);
    }

    [Fact]
    public async Task A_death_at_any_write_of_the_journal_changes_nothing_of_what_is_left()
    {
        var all = CaseList.Read((await Workers.AskAsync("list", "v3")).Split('\n'), Program.Seed);
        await HoldAsync("deaths at commits, version 3", all.AtCommits.Count, CaseList.Share(all.AtCommits, 2, OneIn, 0));
    }

    private async Task HoldAsync(string what, int all, IReadOnlyList<Case> cases)
    {
        var verdicts = await Task.WhenAll(cases.Select(one => workers.All.PlayAsync($"{one}")));
        var failed = cases.Zip(verdicts).Where(pair => pair.Second.Wrong.Count > 0).ToList();
        output.WriteLine(FormattableString.Invariant(
            $"{cases.Count} of {all} cases run: {what}; {verdicts.Count(one => one.Met == 0)} met no trouble, ")
            + FormattableString.Invariant($"{verdicts.Count(one => one.Resumes > 0)} were resumed, {failed.Count} failed"));
        Assert.NotEmpty(cases);
        Assert.True(failed.Count == 0, string.Join('\n', failed.Select(pair => $"{pair.First}\n  {string.Join("\n  ", pair.Second.Wrong)}")));
    }

    /// <summary>Workers that speak version 3.</summary>
    public sealed class OldWorkers : IAsyncDisposable
    {
        internal Workers All { get; } = new("play", "v3");

        public ValueTask DisposeAsync() => All.DisposeAsync();
    }
}
