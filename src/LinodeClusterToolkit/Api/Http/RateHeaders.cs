using System.Globalization;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>What an answer tells about the rate limit; what is missing, negative or garbled is null.</summary>
internal readonly record struct RateHeaders(int? Limit, int? Remaining, DateTimeOffset? Reset, TimeSpan? RetryAfter)
{
    // X-RateLimit-Limit: 20   X-RateLimit-Remaining: 19   X-RateLimit-Reset: 1767225615   Retry-After: 15
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static RateHeaders Of(HttpAnswer answer) => new(
        Number(answer, "X-RateLimit-Limit", least: 1, most: int.MaxValue) is { } limit ? (int)limit : null,
        Number(answer, "X-RateLimit-Remaining", least: 0, most: int.MaxValue) is { } left ? (int)left : null,
        Number(answer, "X-RateLimit-Reset", least: 1, most: LastSecond) is { } reset ? DateTimeOffset.FromUnixTimeSeconds(reset) : null,
        Number(answer, "Retry-After", least: 1, most: int.MaxValue) is { } wait ? TimeSpan.FromSeconds(wait) : null);

    private static long? Number(HttpAnswer answer, string name, long least, long most) =>
        long.TryParse(answer.Header(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : null;
}
