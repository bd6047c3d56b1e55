using System.Threading.RateLimiting;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>The answer to one who would not wait.</summary>
internal sealed class NoLease : RateLimitLease
{
    public static NoLease Instance { get; } = new();

    public override bool IsAcquired => false;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }
}
