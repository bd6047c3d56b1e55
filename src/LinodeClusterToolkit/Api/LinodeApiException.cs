using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api;

/// <summary>Why a call failed, as far as a caller has to tell cases apart.</summary>
public enum ApiFailure
{
    /// <summary>Refused for good: a 4xx that no waiting mends.</summary>
    Refused,

    /// <summary>The token is unknown or expired, or lacks a scope (401, 403).</summary>
    NotAllowed,

    /// <summary>No such object (404).</summary>
    NotFound,

    /// <summary>The label is in use: look it up, adopt or fail.</summary>
    LabelTaken,

    /// <summary>The node has open work; wait for it and ask again.</summary>
    Busy,

    /// <summary>Still refused by the rate limit after every retry.</summary>
    RateLimited,

    /// <summary>The call may or may not have had its effect: time-out, reset, 408 or 5xx on a create.</summary>
    AnswerLost,

    /// <summary>The API cannot be reached or answers with failures after every retry.</summary>
    Unavailable,

    /// <summary>The API answered something that cannot be read.</summary>
    BadAnswer,

    /// <summary>The call was accepted, and the work it started failed.</summary>
    JobFailed,

    /// <summary>The call was accepted, and the work it started has not ended in a time that slow work takes: it is stuck.</summary>
    Stuck,
}

/// <summary>A call to the API that failed.</summary>
public sealed class LinodeApiException(ApiFailure failure, Problem problem, int? status = null, Exception? inner = null)
    : LinodeToolkitException(problem, inner)
{
    /// <summary>Which case it is.</summary>
    public ApiFailure Failure { get; } = failure;

    /// <summary>HTTP status of the last answer, or null where there was none.</summary>
    public int? Status { get; } = status;
}
