using System.Globalization;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>What an answer tells about the rate limit when it comes; what is missing, negative or garbled is null.</summary>
/// <param name="ShowsWindow">Whether it proves that the window its request was counted in had begun.</param>
/// <param name="Refused">Whether the limit refused the request.</param>
/// <param name="Limit">Requests a window takes.</param>
/// <param name="Remaining">How many of them are left.</param>
/// <param name="UntilReset">How long the window lasts yet; may be negative where clocks differ.</param>
/// <param name="RetryAfter">How long to wait.</param>
internal readonly record struct RateAnswer(
    bool ShowsWindow, bool Refused, int? Limit, int? Remaining, TimeSpan? UntilReset, TimeSpan? RetryAfter)
{
    // X-RateLimit-Limit: 20   X-RateLimit-Remaining: 19   X-RateLimit-Reset: 1767225615   Retry-After: 15
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads an answer that came now; null where none did.</summary>
    public static RateAnswer Of(HttpAnswer? answer, DateTimeOffset now) => answer is null ? default : new(
        // A load balancer answers without asking the API.
        answer is { IsJson: true, Status: < 500 },
        answer.Status == 429,
        Number(answer, "X-RateLimit-Limit", least: 1, most: int.MaxValue) is { } limit ? (int)limit : null,
        Number(answer, "X-RateLimit-Remaining", least: 0, most: int.MaxValue) is { } left ? (int)left : null,
        Number(answer, "X-RateLimit-Reset", least: 1, most: LastSecond) is { } reset ? DateTimeOffset.FromUnixTimeSeconds(reset) - now : null,
        Wait(answer));

    /// <summary>How long an answer says to wait, or null.</summary>
    public static TimeSpan? Wait(HttpAnswer answer) =>
        Number(answer, "Retry-After", least: 1, most: int.MaxValue) is { } wait ? TimeSpan.FromSeconds(wait) : null;

    private static long? Number(HttpAnswer answer, string name, long least, long most) =>
        long.TryParse(answer.Header(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : null;
}
