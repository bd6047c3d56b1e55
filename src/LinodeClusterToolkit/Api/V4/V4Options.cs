using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Where the API is and how to call it.</summary>
public sealed record V4Options
{
    /// <summary>Address of the API, with or without <c>/v4</c>; https, or http on this machine.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.linode.com/");

    /// <summary>The token, asked for before each call; throws <see cref="Diagnostics.LinodeToolkitException"/> where there is none.</summary>
    public required Func<Sensitive> Token { get; init; }

    /// <summary>
    /// Asked where the API does not know a token: true where <see cref="Token"/> gives another one now, and the call is then sent once more. Null where
    /// none can be had.
    /// </summary>
    public Func<Sensitive, CancellationToken, Task<bool>>? Renew { get; init; }

    /// <summary>Sends the requests, and is disposed of by whoever made it; null for the platform's own, which heeds proxy variables.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>PEM file of a certificate authority trusted besides the system's, or null; for the platform's own handler only.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The clock of limits, pauses, time-outs and polls.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Most requests under way at once; those that wait for a rate limit do not count.</summary>
    public int Parallelism { get; init; } = 32;

    /// <summary>Gets a line for each HTTP exchange, with everything secret masked; null for none.</summary>
    public Action<string>? HttpLog { get; init; }

    /// <summary>Counts calls; null for counters of its own.</summary>
    public CallCounters? Counters { get; init; }

    /// <summary>The account's rate limits, to be shared by clients of one account; null for limits of its own.</summary>
    public AccountLimits? Limits { get; init; }

    /// <summary>Makes what waits for events, where that is shared by processes; null for a poller of the client's own.</summary>
    internal Func<LinodeV4Client, IEventWatch>? Events { get; init; }
}
