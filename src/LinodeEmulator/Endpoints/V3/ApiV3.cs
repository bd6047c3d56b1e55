using System.Globalization;
using System.Text.Json.Nodes;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.Limits;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The older face of the API, on the same cloud: what a request of it goes through, or each of a batch, in this order: action, key, rate
/// limit, permission, faults, parameters, the action, the log; the journal at the end.</summary>
internal sealed class ApiV3(Parts parts, RateLimiter limiter, RequestLog log, Journal? journal, Lock gate)
{
    /// <summary>The limits of v3 are those of the account, whoever asks.</summary>
    private const string Limited = "account";

    private readonly Dictionary<string, EmulatorToken> _keys = parts.Options.Tokens.ToDictionary(token => token.Token, StringComparer.Ordinal);

    private DateTime Now => parts.Options.Clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether a request is one to this face.</summary>
    public static bool IsFor(EmulatorRequest request) => request is { Path: "/" or "/api/", Method: "GET" or "POST" };

    public async Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancel)
    {
        var sent = await SentParameters.ReadAsync(request, cancel);
        Visit visit;
        lock (gate)
        {
            visit = Admit(request, sent);
        }

        var delay = TimeSpan.FromTicks(
            visit.Steps.SelectMany(step => step.Struck).Where(fault => fault.Effect == FaultEffect.Delay).Sum(fault => fault.Time?.Ticks ?? 0));
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, parts.Options.Clock, cancel);
        }

        lock (gate)
        {
            return Complete(visit);
        }
    }

    private Visit Admit(EmulatorRequest request, SentParameters sent)
    {
        var visit = new Visit(request, sent);
        if (!Batch.IsOne(sent))
        {
            visit.Steps.Add(Admit(visit, new Step(sent)));
            return visit;
        }

        try
        {
            visit.Caller = CallerOf(visit);
            visit.IsBatch = true;
            visit.Steps.AddRange(Batch.Read(sent).Select(item => Admit(visit, new Step(item ?? new SentParameters()) { IsBroken = item is null })));
        }
        catch (ApiV3Problem problem)
        {
            (visit.IsBatch, visit.Steps) = (false, [new Step(sent) { Answer = Envelope.Of(Batch.Action, problem) }]);
        }

        return visit;
    }

    /// <summary>As far as it comes before anything is done for it.</summary>
    private Step Admit(Visit visit, Step step)
    {
        try
        {
            if (visit.IsBatch && (step.IsBroken || Batch.IsOne(step.Sent)))
            {
                throw new ApiV3Problem(UnknownsV3.NotInBatch);
            }

            step.Action = ActionTable.All.Find(step.Sent.Action);
            if (visit.IsBatch && !step.Action.IsForBatch)
            {
                throw new ApiV3Problem(UnknownsV3.NotInBatch);
            }

            step.Caller = visit.Caller ?? CallerOf(visit, step.Action.Key);
            Check(limiter.Count(Limited, LimitClass.V3, Now), ErrorCode.RateLimited);
            if (!step.Caller.May(step.Action.Scope) || (step.Caller.Restricted && !step.Action.IsReading))
            {
                throw new ApiV3Problem(ErrorCode.PermissionDenied);
            }

            step.Asked = V3Faults.Read(visit.Request.Method, step.Action, step.Sent, parts.Cloud);
            step.Struck = parts.Faults.Strike(step.Asked);
            if (step.Struck.Any(fault => fault.Effect == FaultEffect.TooManyRequests))
            {
                throw new ApiV3Problem(ErrorCode.RateLimited);
            }

            step.Instead = FaultAnswers.Instead(step.Struck, step.Asked);
        }
        catch (ApiV3Problem problem)
        {
            step.Answer = Envelope.Of(step.Name, problem);
        }

        return step;
    }

    /// <summary>Carries out one after another. What breaks the connection, or fails below the API, ends the whole.</summary>
    private EmulatorResponse Complete(Visit visit)
    {
        EmulatorResponse? whole = null;
        var answers = new List<JsonObject>();
        foreach (var step in visit.Steps)
        {
            var now = Now;
            parts.Cloud.CatchUp(now);
            var answer = step.Instead is null ? step.Answer ?? Carry(step, now) : null;
            whole = step.Instead;
            log.Add(now, visit.Request.Method, step.Logged(visit.IsBatch, answer));
            if (whole is not null)
            {
                break;
            }

            answers.Add(answer!);
        }

        journal?.Save();
        parts.Cloud.Hosts.Follow(parts.Cloud);
        whole ??= Envelope.Sent(visit.IsBatch ? Loose.Rows(answers) : answers[0], visit.IsForEyes);
        return whole with
        {
            Cut = whole.Cut || visit.Steps.Exists(step => step.Cuts),
            Headers = [new("Access-Control-Allow-Origin", "*"), .. Wait(visit), .. whole.Headers],
        };
    }

    private JsonObject Carry(Step step, DateTime now)
    {
        var action = step.Action!;
        try
        {
            action.Check(step.Sent);
            if (action.AddsLinode)
            {
                Check(limiter.Count(Limited, LimitClass.V3AddLinode, now), ErrorCode.LinodeLimiter);
            }

            var call = new V3Call(action, step.Sent, parts, now, step.Caller!, step.Struck, step.Asked!);
            return Envelope.Of(action.Name, action.Do(call), action.SaysOk);
        }
        catch (ApiV3Problem problem)
        {
            return Envelope.Of(action.Name, problem);
        }
    }

    private Caller CallerOf(Visit visit, KeyUse use = KeyUse.Needed)
    {
        var key = visit.Sent.Key(visit.Request.Authorization);
        if (use == KeyUse.None || (use == KeyUse.Optional && key.Length == 0))
        {
            return Caller.Anonymous;
        }

        return Caller.Known(key, _keys, parts.Login, anyToken: parts.Cloud.Seat is null) ?? throw new ApiV3Problem(ErrorCode.AuthenticationFailed);
    }

    private static void Check(LimitVerdict verdict, ErrorCode otherwise)
    {
        if (!verdict.Passed)
        {
            throw new ApiV3Problem(otherwise);
        }
    }

    /// <summary>How long to wait, where a fault tells.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Wait(Visit visit) =>
        visit.Steps.SelectMany(step => step.Struck).Where(fault => fault.Effect == FaultEffect.TooManyRequests && fault.Time is not null).Take(1)
            .Select(fault => KeyValuePair.Create(
                "Retry-After", ((int)Math.Ceiling(fault.Time!.Value.TotalSeconds)).ToString(CultureInfo.InvariantCulture)));
}
