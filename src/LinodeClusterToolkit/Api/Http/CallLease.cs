using System.Threading.RateLimiting;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>The right to send one request; it has to be told what came of it.</summary>
internal sealed class CallLease(Action<HttpAnswer?> settle) : RateLimitLease
{
    private int settled;

    public override bool IsAcquired => true;

    public override IEnumerable<string> MetadataNames => [];

    /// <summary>Whether the limit had no room for it at first.</summary>
    public bool WasHeldBack { get; init; }

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
            settle(answer);
        }
    }

    protected override void Dispose(bool disposing) => Settle(null);
}
