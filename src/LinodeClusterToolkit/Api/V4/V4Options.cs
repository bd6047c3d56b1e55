using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Where the API is and how to call it; its address may end with <c>/v4</c>.</summary>
public sealed record V4Options : ApiOptions
{
    /// <summary>The token, asked for before each call; throws <see cref="Diagnostics.LinodeToolkitException"/> where there is none.</summary>
    public required Func<Sensitive> Token { get; init; }

    /// <summary>
    /// Asked where the API does not know a token: true where <see cref="Token"/> gives another one now, and the call is then sent once more. Null where
    /// none can be had.
    /// </summary>
    public Func<Sensitive, CancellationToken, Task<bool>>? Renew { get; init; }

    /// <summary>Makes what waits for events, where that is shared by processes; null for a poller of the client's own.</summary>
    internal Func<LinodeV4Client, IEventWatch>? Events { get; init; }
}
