using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api;

/// <summary>Where an API is and how it is called, whatever its generation.</summary>
public abstract record ApiOptions
{
    /// <summary>Address of the API without version; https, or http on this machine.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.linode.com/");

    /// <summary>Sends the requests, and is disposed of by whoever made it; null for the platform's own, which heeds proxy variables.</summary>
    /// <remarks>It must not follow redirects: what opens the API would go along.</remarks>
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
