using Polly;
using Polly.Timeout;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>What came of one try, as far as the next step depends on it.</summary>
internal enum Cause
{
    /// <summary>The API answered: the status has the last word.</summary>
    Answered,

    /// <summary>Refused by the rate limit; nothing happened.</summary>
    RateLimited,

    /// <summary>408, 5xx or a load balancer's page: it may have happened.</summary>
    Failing,

    /// <summary>The name has no address; nothing was sent.</summary>
    NameUnknown,

    /// <summary>No connection; nothing was sent.</summary>
    Unreachable,

    /// <summary>The far side could not prove who it is; nothing was sent.</summary>
    Untrusted,

    /// <summary>The connection broke: it may have happened.</summary>
    Cut,

    /// <summary>No answer in time: it may have happened.</summary>
    TimedOut,

    /// <summary>Not the network's doing.</summary>
    Other,
}

internal static class Causes
{
    public static Cause Of(Outcome<HttpAnswer> outcome) =>
        outcome.Exception is { } exception ? Of(exception) : Of(outcome.Result!);

    public static Cause Of(Exception exception) => exception switch
    {
        TimeoutRejectedException => Cause.TimedOut,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Cause.NameUnknown,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => Cause.Unreachable,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Cause.Untrusted,
        HttpRequestException or IOException or OperationCanceledException => Cause.Cut,
        _ => Cause.Other,
    };

    /// <summary>Whether the request certainly had no effect.</summary>
    public static bool NothingHappened(this Cause cause) =>
        cause is Cause.RateLimited or Cause.NameUnknown or Cause.Unreachable or Cause.Untrusted;

    private static Cause Of(HttpAnswer answer) => answer.Status switch
    {
        429 => Cause.RateLimited,
        503 when answer.HasHeader("X-Maintenance-Mode") => Cause.Answered,
        408 or >= 500 => Cause.Failing,
        400 when answer.MediaType == "text/html" => Cause.Failing,
        _ => Cause.Answered,
    };
}
