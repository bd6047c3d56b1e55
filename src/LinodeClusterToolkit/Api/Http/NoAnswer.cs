using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Words for calls that got no answer at all.</summary>
internal static class NoAnswer
{
    public static LinodeApiException Explain(ApiCall call, Cause cause, Exception exception)
    {
        var lost = !call.Repeatable && !cause.NothingHappened();
        return lost
            ? new(ApiFailure.AnswerLost, Lost(call, cause), inner: exception)
            : new(ApiFailure.Unavailable, Unreached(call, cause, exception), inner: exception);
    }

    private static Problem Lost(ApiCall call, Cause cause) => ApiProblems.AnswerLost(
        call.Name, cause == Cause.TimedOut ? "no answer came in 30 seconds" : $"the connection to {Host(call)} broke before the answer");

    private static Problem Unreached(ApiCall call, Cause cause, Exception exception) => cause switch
    {
        Cause.NameUnknown => new(
            "LCT5010", $"the name {call.Url.Host} has no address", call.Name, $"name resolution for {Host(call)} failed: {exception.Message}",
            ["check the network and the name server", "check the API's address"])
        { Retryable = true },
        Cause.Untrusted => new(
            "LCT5012", $"no trusted connection to {Host(call)}", call.Name, exception.InnerException?.Message ?? exception.Message,
            ["check this machine's clock and certificates", "name the certificate authority's file if the API has one of its own"]),
        Cause.TimedOut => new(
            "LCT5013", $"{Host(call)} did not answer", call.Name, "no answer came in 30 seconds, several times",
            ["try again later", "check the network and the API's status page"])
        { Retryable = true },
        Cause.Cut => new(
            "LCT5014", $"the connection to {Host(call)} broke several times", call.Name, exception.Message,
            ["try again later", "check the network"])
        { Retryable = true },
        _ => new(
            "LCT5011", $"no connection to {Host(call)}", call.Name, exception.Message,
            ["check the network, proxy and firewall", "check the API's address"])
        { Retryable = true },
    };

    private static string Host(ApiCall call) => call.Url.GetLeftPart(UriPartial.Authority);
}
