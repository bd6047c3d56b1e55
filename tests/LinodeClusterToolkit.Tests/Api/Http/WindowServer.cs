namespace LinodeClusterToolkit.Tests.Api.Http;

/// <summary>A rate limit as the far side keeps it: fixed windows that start with a request's arrival, refused requests counted too.</summary>
internal sealed class WindowServer(int limit, TimeSpan window)
{
    private DateTimeOffset start = DateTimeOffset.MinValue;
    private int seen;

    public int Passed { get; private set; }

    public int Refused { get; private set; }

    public bool Arrive(DateTimeOffset now)
    {
        if (now >= start + window)
        {
            (start, seen) = (now, 0);
        }

        var passes = ++seen <= limit;
        _ = passes ? Passed++ : Refused++;
        return passes;
    }
}
