using Polly;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>A request before it has an address on the wire: the same for every generation of the API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">What is called: the path below the API's version, without query, or the name of an action.</param>
/// <param name="Url">Where it goes.</param>
/// <param name="Body">What is sent, or null.</param>
/// <param name="Filter">Value of X-Filter, or null.</param>
/// <param name="Repeatable">Whether sending it twice has the effect of sending it once.</param>
/// <param name="Token">What to authorize with; null for a public call without one, and where the body says who calls.</param>
internal sealed record ApiCall(
    HttpMethod Method, string Path, Uri Url, CallBody? Body, string? Filter, bool Repeatable, Security.Sensitive? Token)
{
    public static readonly ResiliencePropertyKey<ApiCall> Key = new("lct.call");

    /// <summary>The rate limit it counts against.</summary>
    public LimitClass Limit { get; init; }

    /// <summary>Whether it changes nothing, so that nothing is lost where nobody waits for its answer.</summary>
    public bool OnlyLooks { get; init; } = Method == HttpMethod.Get;

    /// <summary>As messages name it.</summary>
    public string Name { get; init; } = $"{Method} {Path}";
}
