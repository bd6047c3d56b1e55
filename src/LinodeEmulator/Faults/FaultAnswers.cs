using LinodeEmulator.Endpoints;
using LinodeEmulator.Http;

namespace LinodeEmulator.Faults;

/// <summary>What comes instead of the operation's own answer.</summary>
internal static class FaultAnswers
{
    public static EmulatorResponse? Instead(IReadOnlyList<FaultRule> struck) => struck.Select(Instead).FirstOrDefault(answer => answer is not null);

    private static EmulatorResponse? Instead(FaultRule fault) => fault.Effect switch
    {
        FaultEffect.RequestTimeout => new EmulatorResponse(408, null, default),
        FaultEffect.TooManyRequests => Reply.Error(429, "Too many requests"),
        FaultEffect.TooManyRequestsHtml => Reply.Html(429, "Too Many Requests"),
        FaultEffect.InternalError => Reply.Error(500, "Internal server error"),
        FaultEffect.BadGateway => Reply.Html(502, "Bad Gateway"),
        FaultEffect.Unavailable => Reply.Error(503, "Service unavailable. Please try again later."),
        FaultEffect.Maintenance => Reply.Error(503, "Undergoing maintenance") with { Headers = [new("X-Maintenance-Mode", "true")] },
        FaultEffect.CutBefore => new EmulatorResponse(0, null, default) { Cut = true },
        _ => null,
    };
}
