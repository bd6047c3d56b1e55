using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

/// <summary>What every journal does.</summary>
public abstract class TaskJournalTests
{
    private static readonly DateTimeOffset Then = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(8);

    private protected abstract ITaskJournal Journal { get; }

    [Fact]
    public async Task Keeps_the_last_entry_of_each_step_in_the_order_of_first_writing()
    {
        await Journal.WriteAsync(Entry("b", StepState.Started), default);
        await Journal.WriteAsync(Entry("a", StepState.Started), default);
        var last = Entry("b", StepState.Failed) with { Attempts = 3, Ended = Then.AddHours(1), Problem = "LCT5001 b: gone" };
        await Journal.WriteAsync(last, default);
        Assert.Equal([last, Entry("a", StepState.Started)], await Journal.ReadAsync("7f3a", default));
    }

    [Fact]
    public async Task Keeps_runs_apart()
    {
        await Journal.WriteAsync(Entry("a", StepState.Done), default);
        await Journal.WriteAsync(Entry("a", StepState.Started) with { Run = "other", Started = null }, default);
        Assert.Equal(StepState.Done, Assert.Single(await Journal.ReadAsync("7f3a", default)).State);
        Assert.Null(Assert.Single(await Journal.ReadAsync("other", default)).Started);
        Assert.Empty(await Journal.ReadAsync("never", default));
    }

    [Fact]
    public async Task Takes_many_writes_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 5000).Select(n => Journal.WriteAsync(Entry($"step {n}", StepState.Started), default)));
        Assert.Equal(5000, (await Journal.ReadAsync("7f3a", default)).Count);
    }

    [Fact]
    public async Task What_is_cancelled_does_not_begin_and_what_is_under_way_or_done_is_not_cancelled()
    {
        await Journal.WriteAsync(Entry("under way", StepState.Started), default);
        await Journal.WriteAsync(Entry("done", StepState.Done), default);
        await Journal.WriteAsync(Entry("failed", StepState.Failed), default);

        bool[] could = [.. await Task.WhenAll(new[] { "under way", "done", "failed", "new" }.Select(step => Journal.TryCancelAsync("7f3a", step, default)))];
        Assert.Equal([false, false, true, true], could);

        Assert.False(await Journal.TryBeginAsync(Entry("failed", StepState.Started), default));
        Assert.True(await Journal.TryBeginAsync(Entry("done", StepState.Started), default));
        Assert.Equal(StepState.Cancelled, (await Journal.ReadAsync("7f3a", default)).Single(entry => entry.Step == "failed").State);
    }

    [Fact]
    public async Task Steps_that_are_to_be_run_stand_in_their_order_and_what_is_known_of_them_stays()
    {
        await Journal.WriteAsync(Entry("b", StepState.Done), default);
        await Journal.EnterAsync("7f3a", ["a", "b", "c"], default);
        Assert.Equal(
            "b: Done, a: Waiting, c: Waiting", string.Join(", ", (await Journal.ReadAsync("7f3a", default)).Select(entry => $"{entry.Step}: {entry.State}")));
    }

    [Fact]
    public async Task What_is_forgotten_had_not_begun()
    {
        await Journal.WriteAsync(Entry("a", StepState.Done), default);
        await Journal.WriteAsync(Entry("b", StepState.Cancelled), default);
        await Journal.ForgetAsync("7f3a", ["b", "never"], default);
        Assert.Equal(
            [Entry("a", StepState.Done), new("7f3a", "b", StepState.Waiting, 0, null, null, null)], await Journal.ReadAsync("7f3a", default));
        Assert.True(await Journal.TryBeginAsync(Entry("b", StepState.Started), default));
    }

    private static JournalEntry Entry(string step, StepState state) => new("7f3a", step, state, 1, Then, null, null);
}
