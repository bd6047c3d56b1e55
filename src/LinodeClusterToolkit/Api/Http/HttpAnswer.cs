using System.Net.Http.Headers;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>An answer with its body read to the end, so that nothing can be cut off later.</summary>
internal sealed record HttpAnswer(int Status, HttpResponseHeaders Headers, string? MediaType, ReadOnlyMemory<byte> Body)
{
    /// <summary>How long to wait before the next try of what failed, where the API says so; null for a pause of our own.</summary>
    public TimeSpan? Pause { get; init; }

    // Load balancers in front of the API answer in HTML; the API itself never does.
    public bool IsJson => MediaType is { } type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool HasHeader(string name) => Headers.Contains(name);

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}
