using System.Globalization;
using System.Text.Json;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.Limits;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>What every request to the API goes through, in this order: route, token, rate limit, scope, faults, the operation, the journal, the
/// log.</summary>
internal sealed class ApiV4(
    EmulatorOptions options, OauthLogin login, Cloud cloud, RouteTable routes, RateLimiter limiter, FaultBook faults, RequestLog log, Journal? journal, Lock gate)
{
    private readonly Dictionary<string, EmulatorToken> _tokens = options.Tokens.ToDictionary(token => token.Token, StringComparer.Ordinal);

    private DateTime Now => options.Clock.GetUtcNow().UtcDateTime;

    /// <param name="request">The request.</param>
    /// <param name="path">Its path behind the version, without a leading slash.</param>
    /// <param name="cancel">Ends the wait of a delay.</param>
    public async Task<EmulatorResponse> HandleAsync(EmulatorRequest request, string path, CancellationToken cancel)
    {
        var passage = new Passage(request, path);
        lock (gate)
        {
            Admit(passage);
        }

        var delay = TimeSpan.FromTicks(passage.Struck.Where(fault => fault.Effect == FaultEffect.Delay).Sum(fault => fault.Time?.Ticks ?? 0));
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, options.Clock, cancel);
        }

        lock (gate)
        {
            return Complete(passage);
        }
    }

    /// <summary>As far as a request comes before anything is done for it.</summary>
    private void Admit(Passage passage)
    {
        try
        {
            (passage.Operation, passage.Values) = routes.Match(passage.Request.Method, passage.Path);
            passage.Body = Parse(passage.Request.Body);
            passage.Caller = passage.Operation.Public && passage.Request.Authorization is null
                ? Caller.Anonymous
                : Caller.Of(passage.Request.Authorization, _tokens, login, anyToken: cloud.Seat is null);
            passage.Verdict = limiter.Count(passage.Caller.Key, passage.Operation.Limit, Now);
            if (!passage.Verdict.Value.Passed)
            {
                passage.Answer = Reply.Error(429, "Too many requests");
                return;
            }

            if (!passage.Caller.May(passage.Operation.Scopes))
            {
                passage.Answer = Reply.Error(401, "Your OAuth token is not authorized to use this endpoint.");
                return;
            }

            if (passage.Caller.Restricted && passage.Request.Method != "GET")
            {
                passage.Answer = Reply.Error(403, "Unauthorized");
                return;
            }

            passage.Asked = RequestLabels.Read(
                passage.Request.Method, "/" + passage.Path, passage.Operation.Template, passage.Values, passage.Body, cloud);
            passage.Struck = faults.Strike(passage.Asked);
            passage.Answer = FaultAnswers.Instead(passage.Struck, passage.Asked);
        }
        catch (ApiProblem problem)
        {
            passage.Answer = Reply.Of(problem);
        }
    }

    private EmulatorResponse Complete(Passage passage)
    {
        var now = Now;
        cloud.CatchUp(now);
        var answer = passage.Answer ?? Carry(passage, now);
        journal?.Save();
        cloud.Hosts.Follow(cloud);
        if (passage.Struck.Any(fault => fault.Effect == FaultEffect.CutAfter))
        {
            answer = answer with { Cut = true };
        }

        log.Add(now, passage.Request, passage.Operation?.Template ?? "unknown", passage.Caller?.Key, passage.Body, answer);
        return answer with { Headers = [.. Headers(passage, answer.Status, now), .. answer.Headers] };
    }

    private EmulatorResponse Carry(Passage passage, DateTime now)
    {
        try
        {
            if (passage.BodyIsBroken)
            {
                throw ApiProblem.Refused("Invalid JSON");
            }

            return passage.Operation!.Handle(
                new ApiCall(cloud, now, passage.Request, passage.Values, passage.Caller!, passage.Body, passage.Struck, faults, passage.Asked));
        }
        catch (ApiProblem problem)
        {
            return Reply.Of(problem);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(Passage passage, int status, DateTime now)
    {
        yield return new("Access-Control-Allow-Origin", "*");
        yield return new("Cache-Control", "private, max-age=0, s-maxage=0, no-cache, no-store");
        yield return new("Vary", "Authorization, X-Filter");
        yield return new("X-Frame-Options", "DENY");
        if (passage.Operation is { } operation)
        {
            yield return new("X-Accepted-OAuth-Scopes", operation.Scopes);
            yield return new("X-OAuth-Scopes", passage.Caller?.Scopes ?? "unknown");
        }

        if (passage.Verdict is { } verdict)
        {
            yield return new("X-RateLimit-Limit", Text(verdict.Limit));
            yield return new("X-RateLimit-Remaining", Text(verdict.Remaining));
            yield return new("X-RateLimit-Reset", Text(new DateTimeOffset(verdict.Reset).ToUnixTimeSeconds()));
            var wait = passage.Struck.FirstOrDefault(fault => fault.Effect == FaultEffect.TooManyRequests)?.Time is { } told
                ? (int)Math.Ceiling(told.TotalSeconds)
                : verdict.SecondsLeft(now);
            if (Unknowns.RetryAfterOnEveryAnswer || status == 429)
            {
                yield return new("Retry-After", Text(wait));
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // A key twice is a slip of the sender, and which of the two holds is anybody's guess.
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    /// <summary>The body as JSON; an element of no kind when it is none.</summary>
    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, Once);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default(JsonElement);
        }
    }

    private sealed class Passage(EmulatorRequest request, string path)
    {
        public EmulatorRequest Request => request;

        public string Path => path;

        public Operation? Operation { get; set; }

        public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

        public JsonElement? Body { get; set; }

        public bool BodyIsBroken => Body is { ValueKind: JsonValueKind.Undefined };

        public Caller? Caller { get; set; }

        public LimitVerdict? Verdict { get; set; }

        public FaultedRequest? Asked { get; set; }

        public IReadOnlyList<FaultRule> Struck { get; set; } = [];

        public EmulatorResponse? Answer { get; set; }
    }
}
