using System.Globalization;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.Http;

public sealed class WindowLimiterTests
{
    private static readonly LimitRule CreateLinode = LimitRule.Of(LimitClass.CreateLinode);

    private readonly ManualTime time = new();

    [Fact]
    public void Lets_twenty_through_and_the_next_one_fifteen_seconds_after_the_first_answer()
    {
        var limiter = new WindowLimiter(CreateLinode, time);
        var leases = Enumerable.Range(0, 20).Select(_ => Granted(limiter.AcquireAsync())).ToList();
        var next = limiter.AcquireAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(1));
        leases.ForEach(lease => lease.Settle(Answer()));

        time.Advance(TimeSpan.FromSeconds(14.999));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_thousand_creates_without_latency_take_exactly_the_least_time_and_meet_no_refusal()
    {
        var run = new LimiterRun(CreateLinode, time, latency: () => TimeSpan.Zero);
        var start = time.GetUtcNow();
        run.SendAll(1000);
        Assert.Equal((1000, 0), (run.Server.Passed, run.Server.Refused));
        Assert.Equal(TimeSpan.FromSeconds(((1000 / 20) - 1) * 15), time.GetUtcNow() - start);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Never_meets_a_refusal_however_long_requests_take_there_and_back(int seed)
    {
        var random = new Random(seed);
        var run = new LimiterRun(CreateLinode, time, latency: () => TimeSpan.FromSeconds(random.NextDouble() * (random.Next(20) == 0 ? 25 : 2)));
        run.SendAll(500, gap: () => TimeSpan.FromSeconds(random.NextDouble() * 1.5));
        Assert.Equal((500, 0), (run.Server.Passed, run.Server.Refused));
    }

    [Fact]
    public async Task Serves_in_the_order_in_which_they_came()
    {
        var limiter = new WindowLimiter(new(1, TimeSpan.FromSeconds(15)), time);
        var turns = Enumerable.Range(0, 4).Select(_ => limiter.AcquireAsync().AsTask()).ToList();
        for (var served = 1; served <= 4; served++)
        {
            Assert.Equal(served, turns.Count(turn => turn.IsCompleted));
            Assert.True(turns[served - 1].IsCompletedSuccessfully);
            ((CallLease)await turns[served - 1]).Settle(Answer());
            time.Advance(TimeSpan.FromSeconds(15));
        }
    }

    [Fact]
    public void One_who_gives_up_leaves_at_once_and_takes_no_turn()
    {
        var limiter = new WindowLimiter(new(1, TimeSpan.FromSeconds(15)), time);
        using var stop = new CancellationTokenSource();
        var first = Granted(limiter.AcquireAsync());
        var leaver = limiter.AcquireAsync(1, stop.Token).AsTask();
        var stayer = limiter.AcquireAsync().AsTask();
        stop.Cancel();
        Assert.True(leaver.IsCanceled);
        first.Settle(Answer());
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.True(stayer.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_request_without_an_answer_counts_as_sent()
    {
        var limiter = new WindowLimiter(new(1, TimeSpan.FromSeconds(15)), time);
        var lost = Granted(limiter.AcquireAsync());
        time.Advance(TimeSpan.FromSeconds(30));
        lost.Dispose();
        var next = limiter.AcquireAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(next.IsCompleted);
    }

    [Theory]
    [InlineData("Retry-After", "40", 40)]
    [InlineData("X-RateLimit-Reset", "+25", 25)]
    [InlineData("Retry-After", "-3", 15)]
    [InlineData("Retry-After", "soon", 15)]
    [InlineData("X-RateLimit-Reset", "-1", 15)]
    public void After_a_429_the_window_is_spent_until_the_headers_say_or_else_a_whole_window(string header, string value, int seconds)
    {
        var limiter = new WindowLimiter(CreateLinode, time);
        var told = value.StartsWith('+')
            ? (time.GetUtcNow().ToUnixTimeSeconds() + int.Parse(value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)
            : value;
        Granted(limiter.AcquireAsync()).Settle(Answer(429, (header, told)));
        var next = limiter.AcquireAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(seconds - 0.001));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(next.IsCompleted);
    }

    [Fact]
    public void Retry_After_on_a_pass_says_nothing()
    {
        var limiter = new WindowLimiter(CreateLinode, time);
        Granted(limiter.AcquireAsync()).Settle(Answer(200, ("Retry-After", "116")));
        Assert.True(limiter.AcquireAsync().IsCompleted);
    }

    [Theory]
    [InlineData("5", 4)]
    [InlineData("30", 29)]
    [InlineData("0", 19)]
    [InlineData("-7", 19)]
    [InlineData("many", 19)]
    public void Learns_the_limit_from_answers(string told, int left)
    {
        var limiter = new WindowLimiter(CreateLinode, time);
        Granted(limiter.AcquireAsync()).Settle(Answer(200, ("X-RateLimit-Limit", told)));
        Assert.Equal(left, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public void Does_not_believe_the_general_limit_that_lists_are_told()
    {
        var limiter = new WindowLimiter(LimitRule.Of(LimitClass.List), time);
        Granted(limiter.AcquireAsync()).Settle(Answer(200, ("X-RateLimit-Limit", "1840"), ("X-RateLimit-Remaining", "1839")));
        Assert.Equal(199, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public void A_limit_that_refused_is_never_exceeded_again_whatever_a_pass_says()
    {
        var limiter = new WindowLimiter(CreateLinode, time);
        Granted(limiter.AcquireAsync()).Settle(Answer(429, ("X-RateLimit-Limit", "5")));
        time.Advance(TimeSpan.FromSeconds(15));
        Granted(limiter.AcquireAsync()).Settle(Answer(200, ("X-RateLimit-Limit", "10")));
        Assert.Equal(4, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public void Leaves_room_for_others_who_use_the_account_until_their_window_ends()
    {
        var limiter = new WindowLimiter(CreateLinode, time);
        Granted(limiter.AcquireAsync()).Settle(Answer(200, ("X-RateLimit-Remaining", "3")));
        Assert.Equal(3, limiter.GetStatistics()!.CurrentAvailablePermits);
        time.Advance(TimeSpan.FromSeconds(15));
        var lease = Granted(limiter.AcquireAsync());
        lease.Settle(Answer(200, ("X-RateLimit-Remaining", "19")));
        Assert.Equal(19, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    private static CallLease Granted(ValueTask<System.Threading.RateLimiting.RateLimitLease> turn)
    {
        Assert.True(turn.IsCompletedSuccessfully);
        return (CallLease)turn.Result;
    }

    private static HttpAnswer Answer(int status = 200, params (string Name, string Value)[] headers) => LimiterRun.Answer(status, headers);
}
