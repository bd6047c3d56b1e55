using System.Threading.RateLimiting;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.Http;

/// <summary>Sends requests through a limiter to a server of the same limit; each takes a time to get there and a time to get back.</summary>
internal sealed class LimiterRun(LimitRule rule, ManualTime time, Func<TimeSpan> latency)
{
    private readonly WindowLimiter limiter = new(rule, time);
    private readonly Queue<Task<RateLimitLease>> turns = new();
    private readonly List<ITimer> timers = [];

    public WindowServer Server { get; } = new(rule.Calls, rule.Window);

    public static HttpAnswer Answer(int status, params (string Name, string Value)[] headers)
    {
        var message = new HttpResponseMessage();
        foreach (var (name, value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return new(status, message.Headers, "application/json", "{}"u8.ToArray());
    }

    public void SendAll(int count, Func<TimeSpan>? gap = null)
    {
        var asked = TimeSpan.Zero;
        for (var number = 0; number < count; number++)
        {
            asked += gap?.Invoke() ?? TimeSpan.Zero;
            After(asked, () => turns.Enqueue(limiter.AcquireAsync().AsTask()));
        }

        do
        {
            while (turns.TryPeek(out var turn) && turn.IsCompleted)
            {
                Send((CallLease)turns.Dequeue().Result);
            }
        }
        while (Server.Passed + Server.Refused < count && time.Step());
    }

    private void Send(CallLease lease) => After(latency(), () =>
    {
        var passes = Server.Arrive(time.GetUtcNow());
        After(latency(), () => lease.Settle(Answer(passes ? 200 : 429)));
    });

    private void After(TimeSpan delay, Action act) => timers.Add(time.CreateTimer(_ => act(), null, delay, Timeout.InfiniteTimeSpan));
}
