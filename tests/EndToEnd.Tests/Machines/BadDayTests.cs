using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Machines;

/// <summary>Days on which the platform does what its users complain of, with real hosts behind it.</summary>
[Collection("bad days")]
public sealed class BadDayTests(ITestOutputHelper output)
{
    /// <summary>How many are played at once: most of a day is waiting.</summary>
    private const int AtOnce = 3;

    /// <summary>Days 1 to N with LCT_BAD_DAYS=N, or those that it names, as in <c>4,9</c>.</summary>
    private static IEnumerable<long> Days => (Environment.GetEnvironmentVariable(BadDaysFactAttribute.Variable) ?? "") switch
    {
        var list when list.Contains(',', StringComparison.Ordinal) =>
            list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(day => long.Parse(day, CultureInfo.InvariantCulture)),
        var many => Enumerable.Range(1, int.Parse(many, CultureInfo.InvariantCulture)).Select(day => (long)day),
    };

    [BadDaysFact]
    public async Task A_bad_day_leaves_nothing_undone_that_is_not_named_and_when_it_is_over_one_retry_does_the_rest()
    {
        var calm = await HostDay.CalmAsync();
        var (wrong, clock, played) = (new ConcurrentQueue<string>(), Stopwatch.StartNew(), 0);

        await Parallel.ForEachAsync(Days, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (day, _) =>
        {
            Interlocked.Increment(ref played);
            if (await PlayAsync(day, calm) is { Length: > 0 } said)
            {
                wrong.Enqueue(said);
            }
        });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{played} of 20 cases run: bad days on real hosts, {wrong.Count} wrong, in {clock.Elapsed.TotalSeconds:0} s"));

        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong));
    }

    // A day that breaks off says so, and ends none of the others.
    private async Task<string> PlayAsync(long day, IReadOnlyList<string> calm)
    {
        try
        {
            var played = await HostDay.PlayAsync(day, calm);
            output.WriteLine(played.ToString());
            return played.Wrong.Count == 0 ? "" : $"day {day}: {string.Join('\n', played.Wrong)}\n{played.Said}";
        }
        catch (Exception thrown)
        {
            output.WriteLine($"day {day} broke off: {thrown.Message}");
            return $"day {day} broke off: {thrown}";
        }
    }
}
