using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Where an API v3 is and how to call it.</summary>
public sealed record V3Options : ApiOptions
{
    /// <summary>The API key, asked for before each call; throws <see cref="Diagnostics.LinodeToolkitException"/> where there is none.</summary>
    public required Func<Sensitive> Key { get; init; }
}
