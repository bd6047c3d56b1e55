using System.Text.Json;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Answers that are no success, in the toolkit's words and with the API's own reason.</summary>
internal static class Refusals
{
    // The only reason texts that have stayed the same over the years; everything else is shown, never matched.
    private const string Busy = "Linode busy.";
    private const string LabelTaken = "Label must be unique";

    public static LinodeApiException Explain(ApiCall call, HttpAnswer answer)
    {
        var errors = Errors(answer);
        var (failure, problem) = answer.Status switch
        {
            401 or 403 => (ApiFailure.NotAllowed, TokenProblems.Explain(call, answer, Why(answer, errors))),
            404 => (ApiFailure.NotFound, new Problem("LCT5002", "there is no such object", Fix: ["it may be gone: look at what there is"])),
            429 => (ApiFailure.RateLimited, new("LCT5005", "the rate limit refused the call again and again", Fix: [
                "somebody else uses the account's rate limit: try again in a few minutes"]) { Retryable = true }),
            503 when answer.HasHeader("X-Maintenance-Mode") => (ApiFailure.Unavailable, new(
                "LCT5008", "the API is down for maintenance", Fix: ["try again when the maintenance is over"]) { Retryable = true }),
            408 or >= 500 when call.Repeatable => (ApiFailure.Unavailable, new(
                "LCT5007", "the API fails, several tries long", Fix: ["try again later", "look at the API's status page"]) { Retryable = true }),
            408 or >= 500 => (ApiFailure.AnswerLost, ApiProblems.AnswerLost(call.Name, Why(answer, errors))),
            400 when errors.Any(error => error.Reason == Busy) => (ApiFailure.Busy, new(
                "LCT5004", "the node is busy with other work", Fix: ["wait until its work is done, then try again"]) { Retryable = true }),
            400 when errors.Any(error => error.Reason?.StartsWith(LabelTaken, StringComparison.Ordinal) == true) => (ApiFailure.LabelTaken, new(
                "LCT5003", "the label is in use already", Fix: ["choose another label", "or delete what has it"])),
            < 400 => (ApiFailure.BadAnswer, new("LCT5009", "the API answered with a redirect, which is not followed with a token", Fix: [
                "check the API's address"])),
            _ => (ApiFailure.Refused, new("LCT5001", "the API refused the call", Fix: ["change what the reason names", "or ask Linode's support"])),
        };
        return new(failure, About(problem, call, answer, errors), answer.Status);
    }

    public static LinodeApiException Unreadable(ApiCall call, HttpAnswer answer, JsonException exception)
    {
        var why = $"API said {answer.Status} with {Kind(answer)} that cannot be read: {exception.Message}";
        return call.Repeatable
            ? new(ApiFailure.BadAnswer, new("LCT5009", "the API's answer cannot be read", call.Name, why, ["check the API's address and proxies"])
                { RequestId = RequestId(answer) }, answer.Status, exception)
            : new(ApiFailure.AnswerLost, ApiProblems.AnswerLost(call.Name, why) with { RequestId = RequestId(answer) }, answer.Status, exception);
    }

    private static Problem About(Problem problem, ApiCall call, HttpAnswer answer, IReadOnlyList<ErrorReply> errors) => problem with
    {
        Where = call.Name,
        Why = problem.Why ?? Why(answer, errors),
        RequestId = RequestId(answer),
    };

    private static string Why(HttpAnswer answer, IReadOnlyList<ErrorReply> errors) => errors.Count == 0
        ? $"API said {answer.Status} with {Kind(answer)}"
        : $"API said {answer.Status} {string.Join("; ", errors.Select(Text))}";

    private static string Text(ErrorReply error) => $"\"{error.Reason}\"{(error.Field is { } field ? $" (field {field})" : "")}";

    private static string Kind(HttpAnswer answer) => answer.Body.IsEmpty ? "an empty body" : answer.MediaType ?? "a body of unknown type";

    private static string? RequestId(HttpAnswer answer) => answer.Header("X-Request-Id") ?? answer.Header("X-Linode-Request-Id");

    // {"errors":[{"reason":"Label must be unique among your linodes","field":"label"}]}, or a load balancer's HTML, or nothing
    private static IReadOnlyList<ErrorReply> Errors(HttpAnswer answer)
    {
        try
        {
            return answer.Body.IsEmpty ? [] : JsonSerializer.Deserialize(answer.Body.Span, V4Json.Default.ErrorsReply)?.Errors ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

internal sealed record ErrorsReply(IReadOnlyList<ErrorReply>? Errors = null);

internal sealed record ErrorReply(string? Reason = null, string? Field = null);
