using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Properties.Tests;

/// <summary>
/// Whatever fails while a cluster is scaled or brought to another plan, and wherever its process dies: once gone on with there is what an
/// undisturbed run leaves, the balancers' back ends and all records included.
/// </summary>
/// <remarks>One case in <c>LCT_PROPERTIES_CHANGES_ONE_IN</c> is played, the whole with 1; <c>LCT_PROPERTIES_SHIFT</c> shifts which ones.</remarks>
public sealed class AlterationTests(ITestOutputHelper output)
{
    private const int Mixtures = 100;
    private static readonly int OneIn = Setting("LCT_PROPERTIES_CHANGES_ONE_IN", 100);
    private static readonly int Shift = Setting("LCT_PROPERTIES_SHIFT", 0);

    [Theory]
    [InlineData("scale")]
    [InlineData("shrink")]
    [InlineData("insert")]
    [InlineData("apply")]
    public async Task A_change_disturbed_at_any_moment_ends_as_if_nothing_had_happened(string act)
    {
        var began = Stopwatch.GetTimestamp();
        var cases = CaseList.Read((await Workers.AskAsync("list", act)).Split('\n'), Program.Seed);
        Assert.InRange(cases.AtRequests.Count, 100, 10_000);
        Assert.InRange(cases.AtCommits.Count, 30, 2_000);
        IReadOnlyList<Case> mixed = [.. Enumerable.Range(1, Mixtures).Select(cases.Mixed)];
        List<Case> played =
        [
            .. CaseList.Share(cases.AtRequests, CaseList.Effects.Count, OneIn, Shift), .. CaseList.Share(cases.AtCommits, 2, OneIn, Shift),
            .. CaseList.Share(mixed, 1, OneIn, Shift),
        ];
        await using var workers = new Workers("play", act);
        var verdicts = await Task.WhenAll(played.Select(one => workers.PlayAsync($"{one}")));
        var failed = played.Zip(verdicts).Where(pair => pair.Second.Wrong.Count > 0).ToList();
        var unmet = verdicts.Count(verdict => verdict.Met == 0);

        // tests/run looks for lines such as this one.
        output.WriteLine(FormattableString.Invariant($"{played.Count} of {cases.AtRequests.Count + cases.AtCommits.Count + Mixtures} cases run: {act} disturbed, ")
            + FormattableString.Invariant($"shift {Shift}, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; {unmet} met no trouble, ")
            + FormattableString.Invariant($"{verdicts.Count(verdict => verdict.Resumes > 0)} were resumed, {failed.Count} failed"));
        Assert.InRange(unmet, 0, played.Count / 10);
        Assert.True(failed.Count == 0, string.Join('\n', failed.Select(pair => $"{pair.First}\n  {string.Join("\n  ", pair.Second.Wrong)}")));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
