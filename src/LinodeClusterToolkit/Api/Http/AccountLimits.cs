using System.Collections.Frozen;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>The rate limits of one account; clients that use the same account in one process should share one.</summary>
public sealed class AccountLimits : IDisposable
{
    private readonly FrozenDictionary<LimitClass, WindowLimiter> limiters;

    /// <summary>Starts with the documented limits and nothing used.</summary>
    /// <param name="time">The clock windows are measured with.</param>
    public AccountLimits(TimeProvider time) =>
        limiters = Enum.GetValues<LimitClass>().ToFrozenDictionary(limit => limit, limit => new WindowLimiter(LimitRule.Of(limit), time));

    internal WindowLimiter this[LimitClass limit] => limiters[limit];

    /// <summary>Ends every wait for a turn.</summary>
    public void Dispose()
    {
        foreach (var limiter in limiters.Values)
        {
            limiter.Dispose();
        }
    }
}
