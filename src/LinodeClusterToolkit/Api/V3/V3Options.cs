using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Where an API v3 is and how to call it.</summary>
public sealed record V3Options
{
    /// <summary>Address of the API; https, or http on this machine.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.linode.com/");

    /// <summary>The API key, asked for before each call; throws <see cref="Diagnostics.LinodeToolkitException"/> where there is none.</summary>
    public required Func<Sensitive> Key { get; init; }

    /// <summary>Sends the requests, and is disposed of by whoever made it; null for the platform's own, which heeds proxy variables.</summary>
    /// <remarks>It must not follow redirects: the key is in the body it would take along.</remarks>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>PEM file of a certificate authority trusted besides the system's, or null; for the platform's own handler only.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The clock of limits, pauses, time-outs and polls.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Most requests under way at once; those that wait for a rate limit do not count.</summary>
    public int Parallelism { get; init; } = 32;

    /// <summary>Gets a line for each HTTP exchange, with everything secret masked; null for none.</summary>
    public Action<string>? HttpLog { get; init; }

    /// <summary>Counts requests; null for counters of its own.</summary>
    public CallCounters? Counters { get; init; }

    /// <summary>The account's rate limits, to be shared by clients of one account; null for limits of its own.</summary>
    public AccountLimits? Limits { get; init; }
}
