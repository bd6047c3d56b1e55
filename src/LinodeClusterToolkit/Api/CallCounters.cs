using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api;

/// <summary>What a client's calls have cost so far; safe to read from any thread while calls run.</summary>
public sealed class CallCounters
{
    private long calls;
    private long waited;
    private long retries;
    private long ticks;
    private long rateLimited;

    /// <summary>Requests sent, repeats included.</summary>
    public long Calls => Interlocked.Read(ref calls);

    /// <summary>Requests held back until the rate limit had room for them.</summary>
    public long Waited => Interlocked.Read(ref waited);

    /// <summary>How long those waited, in all; calls wait side by side.</summary>
    public TimeSpan TimeWaited => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    /// <summary>Requests that repeat an earlier one.</summary>
    public long Retries => Interlocked.Read(ref retries);

    /// <summary>Requests the API refused with 429; none, as long as nobody else uses the account.</summary>
    public long RateLimited => Interlocked.Read(ref rateLimited);

    internal void Called()
    {
        Interlocked.Increment(ref calls);
        Spending.Current?.Called();
    }

    internal void HeldBack(TimeSpan time)
    {
        Interlocked.Increment(ref waited);
        Interlocked.Add(ref ticks, time.Ticks);
        Spending.Current?.Waited(time);
    }

    internal void Retried() => Interlocked.Increment(ref retries);

    internal void Refused() => Interlocked.Increment(ref rateLimited);
}
