using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Provisioning;

public sealed class SharedPollTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private readonly ManualTime time = new();

    private sealed record Thing(long Id, string State);

    [Fact]
    public async Task One_list_serves_all_who_wait()
    {
        var lists = new List<IReadOnlyList<Thing>>();
        var poll = Poll(asked =>
        {
            lists.Add([new(1, asked < 2 ? "new" : "ready"), new(2, asked < 3 ? "new" : "ready")]);
            return lists[^1];
        });

        var (one, two) = (poll.WaitAsync(1, IsReady, default), poll.WaitAsync(2, IsReady, default));
        await time.DriveAsync(Task.WhenAll(one, two));

        Assert.Equal((new Thing(1, "ready"), new Thing(2, "ready")), (await one, await two));
        Assert.InRange(lists.Count, 3, 4);
    }

    [Fact]
    public async Task What_the_list_does_not_hold_is_shown_as_nothing()
    {
        var poll = Poll(_ => []);

        Assert.Null(await poll.WaitAsync(1, found => found is null, default));
    }

    [Fact]
    public async Task Nothing_is_asked_and_no_timer_left_once_the_last_waiter_has_gone()
    {
        var asked = 0;
        var poll = Poll(_ => { asked++; return [new(1, "new")]; });
        using var leaving = new CancellationTokenSource();
        var wait = poll.WaitAsync(1, IsReady, leaving.Token);
        await time.UntilArmedAsync(Pace);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.False(time.Step());
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Who_comes_next_is_answered_at_the_old_pace()
    {
        var asked = new List<DateTimeOffset>();
        var poll = Poll(_ => { asked.Add(time.GetUtcNow()); return [new(1, "ready")]; });

        await time.DriveAsync(poll.WaitAsync(1, IsReady, default));
        await time.DriveAsync(poll.WaitAsync(1, IsReady, default));

        Assert.Equal(Pace, asked[1] - asked[0]);
    }

    [Fact]
    public async Task A_list_that_fails_reaches_all_who_wait_and_the_next_asks_again()
    {
        var poll = Poll(asked => asked == 1 ? throw new InvalidDataException("no list") : [new(1, "ready")]);

        await Assert.ThrowsAsync<InvalidDataException>(() => poll.WaitAsync(1, IsReady, default));
        Assert.Equal("ready", (await time.DriveAsync(poll.WaitAsync(1, IsReady, default)))!.State);
    }

    [Fact]
    public async Task A_list_under_way_is_given_up_with_the_last_waiter()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        async IAsyncEnumerable<Thing> Never([EnumeratorCancellation] CancellationToken token)
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                ended.SetResult();
            }

            yield break;
        }

        var poll = new SharedPoll<Thing>(Never, thing => thing.Id, Pace, time);
        using var leaving = new CancellationTokenSource();
        var wait = poll.WaitAsync(1, IsReady, leaving.Token);
        await begun.Task;

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await ended.Task;
    }

    [Fact]
    public async Task One_who_leaves_takes_nobody_along()
    {
        var ready = false;
        var poll = Poll(_ => [new(1, ready ? "ready" : "new")]);
        using var leaving = new CancellationTokenSource();
        var (leaver, stayer) = (poll.WaitAsync(1, IsReady, leaving.Token), poll.WaitAsync(1, IsReady, default));
        await time.UntilArmedAsync(Pace);

        await leaving.CancelAsync();
        ready = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        Assert.Equal("ready", (await time.DriveAsync(stayer))!.State);
    }

    [Fact]
    public async Task Who_is_told_to_leave_beforehand_asks_nothing()
    {
        var poll = Poll(_ => throw new InvalidOperationException("asked"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll.WaitAsync(1, IsReady, new CancellationToken(canceled: true)));
    }

    private static bool IsReady(Thing? thing) => thing?.State == "ready";

    private SharedPoll<Thing> Poll(Func<int, IReadOnlyList<Thing>> list)
    {
        var asked = 0;
        return new(_ => list(++asked).ToAsyncEnumerable(), thing => thing.Id, Pace, time);
    }
}
