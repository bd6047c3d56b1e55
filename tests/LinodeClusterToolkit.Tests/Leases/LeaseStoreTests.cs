using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Leases;

/// <summary>What every store of leases does.</summary>
public abstract class LeaseStoreTests
{
    private static readonly LeaseHolder Here = new("desk", "boot 1", 17, "then");
    private static readonly LeaseHolder There = new("laptop", "boot 2", 17, "then");
    private readonly ManualTime time = new();

    private protected abstract ILeaseStore Store { get; }

    [Fact]
    public async Task A_second_run_is_told_who_holds_it_since_when_and_from_which_machine()
    {
        await using var held = await TakeAsync(Here);

        var refused = (await Assert.ThrowsAsync<LinodeToolkitException>(() => TakeAsync(There))).Problem;

        Assert.Equal(("LCT7011", true), (refused.Code, refused.Retryable));
        Assert.Contains("create, by process 17 on desk since 2026-", refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_back_it_is_free_and_the_fence_has_gone_up()
    {
        long first;
        await using (var held = await TakeAsync(Here))
        {
            first = held.Lease.Fence;
        }

        await using var next = await TakeAsync(There);
        Assert.Equal(first + 1, next.Lease.Fence);
    }

    [Fact]
    public async Task Of_two_who_come_at_the_same_moment_one_has_it()
    {
        var both = await Task.WhenAll(Enumerable.Range(1, 8).Select(async number =>
        {
            try
            {
                return await TakeAsync(Here with { Process = number, Place = $"{number}" });
            }
            catch (LinodeToolkitException)
            {
                return null;
            }
        }));
        await using var only = Assert.Single(both, one => one is not null);
    }

    [Fact]
    public async Task A_holder_that_falls_silent_loses_it_and_learns_so_before_it_acts()
    {
        var silent = new Lease("web", 1, There, "create", time.GetUtcNow(), time.GetUtcNow());
        Assert.True(await Store.TrySetAsync(silent, default));
        time.Advance(Lease.Life - TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<LinodeToolkitException>(() => TakeAsync(Here));

        time.Advance(TimeSpan.FromSeconds(1));
        await using var next = await TakeAsync(Here);

        Assert.Equal(2, next.Lease.Fence);
        Assert.Null(await Store.RenewAsync(silent, time.GetUtcNow(), default));
        await Store.ReleaseAsync(silent, default);
        Assert.Equal(Here, (await Store.FindAsync("web", default))!.Holder);
    }

    [Fact]
    public async Task A_holder_whose_process_is_seen_to_be_gone_loses_it_at_once()
    {
        var dead = LeaseHolder.Self with { Process = LeaseHolder.Self.Process, Begun = "another time" };
        Assert.True(await Store.TrySetAsync(new("web", 1, dead, "create", time.GetUtcNow(), time.GetUtcNow()), default));

        await using var next = await TakeAsync(LeaseHolder.Self);

        Assert.Equal(2, next.Lease.Fence);
    }

    [Fact]
    public async Task One_that_slept_and_was_not_missed_goes_on_and_one_that_was_does_not()
    {
        await using var held = await TakeAsync(Here);
        var stands = await Store.FindAsync("web", default);
        time.Advance(TimeSpan.FromHours(8));
        await held.DemandAsync();

        Assert.True(await Store.TrySetAsync(stands! with { Fence = stands.Fence + 1, Holder = There }, default));
        time.Advance(TimeSpan.FromHours(8));
        Assert.Equal("LCT7012", (await Assert.ThrowsAsync<LinodeToolkitException>(held.DemandAsync)).Problem.Code);
        Assert.True(held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task One_who_is_asked_to_stop_hears_of_it_with_the_next_beat()
    {
        await using var held = await TakeAsync(Here);
        Assert.True(await Store.AskToStopAsync(held.Lease, default));
        var heard = new TaskCompletionSource();
        using var told = held.StopAsked.Register(heard.SetResult);

        time.Advance(Lease.Beat);

        await heard.Task;
        Assert.False(held.Lost.IsCancellationRequested);
    }

    private Task<HeldLease> TakeAsync(LeaseHolder who) => HeldLease.TakeAsync(Store, "web", "create", who, time, default);
}
