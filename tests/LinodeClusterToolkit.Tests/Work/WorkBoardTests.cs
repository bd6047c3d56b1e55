using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Support;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Tests.Work;

public sealed class WorkBoardTests : IAsyncDisposable
{
    private static readonly WorkAddress Run = new("shop", "anna", "r1");
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly LeaseHolder Alive = LeaseHolder.Self;
    private static readonly LeaseHolder Dead = Alive with { Process = int.MaxValue };
    private readonly PostgresDatabase database = PostgresServer.Open(PostgresServer.NewPlace());
    private readonly WorkBoard board;

    public WorkBoardTests() => board = new(database);

    /// <summary>The claim of the one who conducts it first.</summary>
    private static WorkClaim Held => new(Run, 1);

    private SqlTaskJournal Journal => new(database, Run.Application, Run.Customer);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_step_is_taken_by_one_however_often_its_message_comes()
    {
        await HandOutAsync("create web-1");

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(at => TakeAsync("create web-1", $"w{at}")));

        var claim = Assert.Single(claims, one => one is not null)!;
        Assert.Equal((1, 1), (claim.Attempts, claim.Tries));
        Assert.Null(claim.DiedAgo);
        Assert.Equal([(StepState.Started, 1)], (await Journal.ReadAsync("r1", default)).Select(entry => (entry.State, entry.Attempts)));
    }

    [Fact]
    public async Task Its_end_reaches_who_handed_it_out_and_the_journal()
    {
        await HandOutAsync("create web-1");
        var claim = (await TakeAsync("create web-1", "w1"))!;

        await board.EndAsync(claim, StepState.Failed, Now, new Problem("LCT5001", "no", Why: "it is so"), default);

        var end = Assert.Single(await board.ListEndedAsync("conductor", default));
        Assert.Equal((StepState.Failed, "LCT5001", "it is so"), (end.Outcome, end.Problem?.Code, end.Problem?.Why));
        Assert.Equal("LCT5001 no", Assert.Single(await Journal.ReadAsync("r1", default)).Problem);
        await board.ForgetAsync([end.Address], default);
        Assert.Empty(await board.ListEndedAsync("conductor", default));
    }

    [Fact]
    public async Task What_a_dead_worker_held_is_anothers_and_nothing_it_still_writes_is_taken()
    {
        await HandOutAsync("create web-1");
        await board.JoinAsync("dead", "d", Dead, 10, default);
        var old = (await TakeAsync("create web-1", "dead"))!;

        Assert.Equal(["d"], await board.FreeDeadAsync(Alive, default));
        Assert.Equal([Run with { Step = "create web-1" }], (await board.TakeDueAsync(10, default)).Select(due => due.Address));
        var taken = (await TakeAsync("create web-1", "w1"))!;

        Assert.Equal((2, 1), (taken.Attempts, taken.Tries));
        Assert.NotNull(taken.DiedAgo);
        Assert.Equal("LCT7162", (await Assert.ThrowsAsync<LinodeToolkitException>(() => board.EndAsync(old, StepState.Done, Now, null, default))).Problem.Code);
        var records = new SqlInventoryStore(database, new("shop", "anna"), WorkBoard.Right);
        Assert.Equal("LCT7162", (await Assert.ThrowsAsync<LinodeToolkitException>(() => WriteUnderAsync(old))).Problem.Code);
        await WriteUnderAsync(taken);
        await board.EndAsync(taken, StepState.Done, Now, null, default);
        Assert.Equal("LCT7162", (await Assert.ThrowsAsync<LinodeToolkitException>(() => WriteUnderAsync(taken))).Problem.Code);

        async Task WriteUnderAsync(WorkClaim claim)
        {
            WorkClaim.Current = claim;
            await records.SaveRunAsync(new("r1", Guid.Empty, "create", "running", Now, null), default);
        }
    }

    [Fact]
    public async Task What_nobody_has_is_sent_again_when_its_message_is_lost_and_what_somebody_has_is_not()
    {
        await HandOutAsync("create web-1");
        var step = Run with { Step = "create web-1" };
        await board.TakeDueAsync(10, default);
        Assert.Empty(await board.TakeDueAsync(10, default)); // it is on its way

        await board.SendAgainAsync(step, default);
        Assert.Equal([step], (await board.TakeDueAsync(10, default)).Select(due => due.Address));
        await TakeAsync("create web-1", "w1");
        await board.SendAgainAsync(step, default);
        Assert.Empty(await board.TakeDueAsync(10, default));
    }

    [Fact]
    public async Task A_worker_that_lives_keeps_what_it_holds()
    {
        await HandOutAsync("create web-1");
        await board.JoinAsync("w1", "w", Alive, 10, default);
        var claim = (await TakeAsync("create web-1", "w1"))!;

        Assert.Empty(await board.FreeDeadAsync(Alive, default));
        await board.EndAsync(claim, StepState.Done, Now, null, default);
    }

    [Fact]
    public async Task What_is_to_be_tried_again_later_is_not_taken_before()
    {
        await HandOutAsync("create web-1");
        await board.PauseAsync((await TakeAsync("create web-1", "w1"))!, TimeSpan.FromMilliseconds(700), default);

        Assert.Null(await TakeAsync("create web-1", "w2"));
        Assert.Empty(await board.TakeDueAsync(10, default));
        Assert.Equal(1, (await board.LoadAsync("shop", "anna", default)).StepsPaused);

        var due = new List<(WorkAddress, string)>();
        while (due.Count == 0)
        {
            due = await board.TakeDueAsync(10, default);
        }

        var again = (await TakeAsync("create web-1", "w2"))!;
        Assert.Equal((2, 2, null), (again.Attempts, again.Tries, again.DiedAgo));
    }

    [Fact]
    public async Task A_step_that_somebody_cancelled_is_not_handed_out_and_not_begun()
    {
        await Journal.EnterAsync("r1", ["a", "b"], default);
        await Journal.TryCancelAsync("r1", "a", default);
        var handed = await board.HandOutAsync(await RunAsync(), "conductor", "q", ["a", "b"], default);
        Assert.Equal(["b"], handed);

        await Journal.TryCancelAsync("r1", "b", default);
        Assert.Null(await TakeAsync("b", "w1"));
        Assert.Equal(StepState.Cancelled, Assert.Single(await board.ListEndedAsync("conductor", default)).Outcome);
    }

    [Fact]
    public async Task A_conductor_whose_run_was_taken_over_hands_out_nothing_more()
    {
        await board.SubmitAsync(Run, "shop", null, default);
        await board.JoinAsync("dead", "d", Dead, 10, default);
        var old = (await board.TakeAsync(Run, "dead", Now, default))!;
        await board.FreeDeadAsync(Alive, default);
        Assert.NotNull(await board.TakeAsync(Run, "w1", Now, default));

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => board.HandOutAsync(old, "dead", "q", ["a"], default));

        Assert.Equal("LCT7162", refused.Problem.Code);
    }

    [Fact]
    public async Task Who_conducts_a_run_anew_goes_by_the_journal_and_not_by_an_end_that_nobody_heard_of()
    {
        await HandOutAsync("names");
        await board.EndAsync((await TakeAsync("names", "w1"))!, StepState.Failed, Now, new Problem("LCT5001", "no"), default);
        await board.PauseAsync(Held, TimeSpan.Zero, default);
        await Journal.ForgetAsync("r1", ["names"], default);
        await board.TakeDueAsync(10, default);

        var again = (await board.TakeAsync(Run, "another", Now, default))!;
        await board.PutSiteAsync(again, "drawn", default);
        await board.HandOutAsync(again, "another", "q", ["names"], default);

        Assert.Empty(await board.ListEndedAsync("another", default));
        Assert.NotNull(await TakeAsync("names", "w2"));
    }

    [Fact]
    public async Task What_workers_die_over_again_and_again_fails_with_its_reason()
    {
        await HandOutAsync("poison");
        for (var death = 1; death <= 40; death++)
        {
            await database.WriteAsync(session => session.Execute("UPDATE work SET due = clock_timestamp()"), default);
            await board.TakeDueAsync(10, default);
            await board.JoinAsync($"dead{death}", $"d{death}", Dead, 10, default);
            Assert.NotNull(await TakeAsync("poison", $"dead{death}"));
            await board.FreeDeadAsync(Alive, default);

            // After a few it is tried less and less often.
            Assert.Equal(death is > 5 and < 40 ? 1 : 0, (await board.LoadAsync("shop", "anna", default)).StepsPaused);
        }

        var end = Assert.Single(await board.ListEndedAsync("conductor", default));
        Assert.Equal((StepState.Failed, "LCT6111"), (end.Outcome, end.Problem?.Code));
        Assert.Contains("40 workers ended", end.Problem?.Why);
        Assert.Equal(StepState.Failed, Assert.Single(await Journal.ReadAsync("r1", default)).State);
        Assert.Null(await TakeAsync("poison", "w1"));
    }

    [Fact]
    public async Task What_was_never_confirmed_comes_due_again_and_what_was_confirmed_does_not()
    {
        await HandOutAsync("a", "b");
        await board.ConfirmAsync([Run with { Step = "a" }], default);

        // Fifteen seconds for the one, minutes for the other: as the database has it.
        var due = await database.ReadAsync(
            session => session.Query(
                "SELECT step, due < clock_timestamp() + interval '20 seconds' FROM work WHERE step <> '' ORDER BY step",
                row => (row.GetString(0), row.GetBoolean(1))), default);
        Assert.Equal([("a", false), ("b", true)], due);
    }

    [Fact]
    public async Task Events_of_a_run_are_numbered_without_gaps_whoever_tells_them()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(at => board.AddEventsAsync(
            [new(Run, $"{at}a"), new(Run with { Run = "r2" }, $"{at}x"), new(Run, $"{at}b")], default)));

        var told = await board.ListEventsAsync(Run, 0, default);

        Assert.Equal(Enumerable.Range(1, 80).Select(number => (long)number), told.Select(one => one.Number));
        Assert.Equal(80, told.Select(one => one.Body).Distinct().Count());
        Assert.Equal([79L, 80L], (await board.ListEventsAsync(Run, 78, default)).Select(one => one.Number));
    }

    [Fact]
    public async Task Two_workers_that_are_up_have_two_names_and_one_is_asked_to_end_by_its_own()
    {
        Assert.Null(await board.JoinAsync("one", "w", Alive, 10, default));
        Assert.Equal("w", (await board.JoinAsync("two", "w", Alive, 10, default))?.Name);

        Assert.False(await board.DrainAsync("other", default));
        Assert.True(await board.DrainAsync("w", default));
        Assert.True((await board.BeatAsync("one", 1, 2, default)).IsToDrain);
        Assert.Equal((WorkerState.Draining, 1, 2), (await board.ListWorkersAsync(default)).Select(one => (one.State, one.Steps, one.Runs)).Single());
        await board.PartAsync("one", default);
        Assert.Empty(await board.ListWorkersAsync(default));
    }

    [Fact]
    public async Task A_run_that_is_handed_in_twice_is_there_once_and_closing_leaves_nothing()
    {
        await board.SubmitAsync(Run, "shop", new HashSet<string> { "create web-1" }, default);
        await board.SubmitAsync(Run, "shop", null, default);
        Assert.Equal(new WorkLoad(1, 0, 0, 0, 0), await board.LoadAsync(null, null, default));

        var claim = (await board.TakeAsync(Run, "w1", Now, default))!;
        Assert.Equal(["create web-1"], claim.Again);
        Assert.Equal("shop", claim.Cluster);
        await board.PutSiteAsync(claim, "drawn", default);
        await board.HandOutAsync(claim, "w1", "q", ["a"], default);
        await board.NoteAsync(Run, "word", default);
        await board.CloseAsync(claim, default);

        Assert.Equal(new WorkLoad(0, 0, 0, 0, 0), await board.LoadAsync(null, null, default));
        Assert.Null(await board.FindSiteAsync(Run, default));
        Assert.Empty((await board.ListNewsAsync(Run, default)).Notes);
    }

    [Fact]
    public async Task A_run_is_taken_back_until_a_worker_has_begun_it()
    {
        await board.SubmitAsync(Run, "shop", null, default);
        Assert.True(await board.TakeBackRunAsync(Run, default));
        Assert.Null(await board.TakeAsync(Run, "w1", Now, default));
        Assert.True(await board.TakeBackRunAsync(Run, default)); // it is gone, whoever saw to that

        await board.SubmitAsync(Run, "shop", null, default);
        Assert.NotNull(await board.TakeAsync(Run, "w1", Now, default));
        Assert.False(await board.TakeBackRunAsync(Run, default));
    }

    private async Task<WorkClaim> RunAsync()
    {
        await board.SubmitAsync(Run, "shop", null, default);
        return (await board.TakeAsync(Run, "conductor", Now, default))!;
    }

    private async Task HandOutAsync(params string[] steps)
    {
        await Journal.EnterAsync("r1", steps, default);
        Assert.Equal(steps.Length, (await board.HandOutAsync(await RunAsync(), "conductor", "q", steps, default)).Count);
    }

    private Task<WorkClaim?> TakeAsync(string step, string worker) => board.TakeAsync(Run with { Step = step }, worker, Now, default);
}
