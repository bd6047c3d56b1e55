using System.Threading.RateLimiting;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>The right to send one request; it has to be told what came of it.</summary>
internal sealed class WindowLease(WindowLimiter limiter) : RateLimitLease
{
    private int settled;

    public override bool IsAcquired => true;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }

    /// <summary>Says what was answered; null where no answer came, since the request may have counted all the same.</summary>
    public void Settle(HttpAnswer? answer)
    {
        if (Interlocked.Exchange(ref settled, 1) == 0)
        {
            limiter.Settle(answer);
        }
    }

    protected override void Dispose(bool disposing) => Settle(null);
}
