namespace LinodeClusterToolkit.Diagnostics;

/// <summary>What a piece of work costs an account, whoever counts it; goes along with the flow of the work.</summary>
internal sealed class Spending
{
    private static readonly AsyncLocal<Spending?> Flow = new();
    private long calls;
    private long waits;
    private long waited;

    /// <summary>Counts for the work under way; null where nobody wants to know.</summary>
    public static Spending? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>As it stands.</summary>
    public Spent Spent => new(Interlocked.Read(ref calls), Interlocked.Read(ref waits), TimeSpan.FromTicks(Interlocked.Read(ref waited)));

    public void Called() => Interlocked.Increment(ref calls);

    public void Waited(TimeSpan time)
    {
        Interlocked.Increment(ref waits);
        Interlocked.Add(ref waited, time.Ticks);
    }
}

/// <summary>What was spent.</summary>
/// <param name="Calls">API calls.</param>
/// <param name="Waits">Those of them that waited for a rate limit.</param>
/// <param name="Waited">How long they did, in all.</param>
internal readonly record struct Spent(long Calls, long Waits, TimeSpan Waited)
{
    public static Spent operator +(Spent one, Spent other) => new(one.Calls + other.Calls, one.Waits + other.Waits, one.Waited + other.Waited);
}
