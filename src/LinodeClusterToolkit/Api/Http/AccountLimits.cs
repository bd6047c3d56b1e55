using System.Collections.Frozen;
using System.Threading.RateLimiting;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>The rate limits of one account; clients that use the same account in one process should share one.</summary>
public sealed class AccountLimits : IDisposable
{
    private readonly FrozenDictionary<LimitClass, RateLimiter> limiters;

    /// <summary>Starts with the documented limits and nothing used.</summary>
    /// <param name="time">The clock windows are measured with.</param>
    public AccountLimits(TimeProvider time)
        : this(limit => new WindowLimiter(LimitRule.Of(limit), time))
    {
    }

    /// <summary>Made of limiters whose leases are <see cref="CallLease"/>s.</summary>
    internal AccountLimits(Func<LimitClass, RateLimiter> make) => limiters = Enum.GetValues<LimitClass>().ToFrozenDictionary(limit => limit, make);

    internal RateLimiter this[LimitClass limit] => limiters[limit];

    /// <summary>Ends every wait for a turn.</summary>
    public void Dispose()
    {
        foreach (var limiter in limiters.Values)
        {
            limiter.Dispose();
        }
    }
}
