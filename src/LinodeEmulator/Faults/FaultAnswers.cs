using LinodeEmulator.Endpoints;
using LinodeEmulator.Http;
using LinodeEmulator.State;

namespace LinodeEmulator.Faults;

/// <summary>What the rules that strike a request make of it: an answer in place of the operation's own, or the fate of its work.</summary>
internal static class FaultAnswers
{
    public static EmulatorResponse? Instead(IReadOnlyList<FaultRule> struck, FaultedRequest request) =>
        struck.Select(fault => Instead(fault, request)).FirstOrDefault(answer => answer is not null);

    public static JobFate FateOf(IReadOnlyList<FaultRule> struck) => new(
        struck.Where(fault => fault.Effect is FaultEffect.SlowBoot or FaultEffect.SlowJob)
            .Aggregate(1.0, (slower, fault) => slower * (fault.Number ?? 1)),
        Has(struck, FaultEffect.EndlessBoot),
        Has(struck, FaultEffect.FailedBoot),
        Has(struck, FaultEffect.HostGone))
    {
        SshLate = struck.Where(fault => fault.Effect == FaultEffect.SshLate).Select(fault => fault.Time ?? default).DefaultIfEmpty().Max(),
    };

    private static bool Has(IReadOnlyList<FaultRule> struck, FaultEffect effect) => struck.Any(fault => fault.Effect == effect);

    private static EmulatorResponse? Instead(FaultRule fault, FaultedRequest request) => fault.Effect switch
    {
        FaultEffect.RequestTimeout => new EmulatorResponse(408, null, default),
        FaultEffect.TooManyRequests => Reply.Error(429, "Too many requests"),
        FaultEffect.TooManyRequestsHtml => Reply.Html(429, "Too Many Requests"),
        FaultEffect.InternalError when request.IsV3 => Reply.Html(500, "Internal Server Error"),
        FaultEffect.Unavailable when request.IsV3 => Reply.Html(503, "Service Temporarily Unavailable"),
        FaultEffect.Maintenance when request.IsV3 => Reply.Html(503, "Service Temporarily Unavailable"),
        FaultEffect.InternalError => Reply.Error(500, "Internal server error"),
        FaultEffect.BadGateway => Reply.Html(502, "Bad Gateway"),
        FaultEffect.Unavailable => Reply.Error(503, "Service unavailable. Please try again later."),
        FaultEffect.Maintenance => Reply.Error(503, "Undergoing maintenance") with { Headers = [new("X-Maintenance-Mode", "true")] },
        FaultEffect.CutBefore => new EmulatorResponse(0, null, default) { Cut = true },
        FaultEffect.Busy => request.Route.StartsWith("volumes", StringComparison.Ordinal)
            ? Reply.Error(400, Reasons.VolumeBusy)
            : Reply.Of(ApiProblem.LinodeBusy),
        FaultEffect.AttachRefused when !request.IsV3 => Reply.Error(400, Unknowns.AttachRefused),
        _ => null,
    };
}
