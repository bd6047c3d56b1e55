using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Answers that are no success, in the toolkit's words and with the API's own reason.</summary>
internal static class V3Refusals
{
    public static LinodeApiException Explain(V3Request request, V3Answer answer)
    {
        var http = answer.Http;
        var (failure, problem) = http.Status switch
        {
            429 => RateLimited,
            >= 300 and < 400 => (ApiFailure.BadAnswer, new Problem(
                "LCT5039", "the API answered with a redirect, which is not followed with a key", Fix: ["check the API's address"])),
            408 or >= 500 when request.Repeatable => (ApiFailure.Unavailable, new(
                "LCT5038", "the API fails, several tries long", Fix: ["try again later"]) { Retryable = true }),
            408 or >= 500 => (ApiFailure.AnswerLost, ApiProblems.AnswerLost(request.Action, Why(answer))),
            401 or 403 => ByCode(V3Codes.AuthenticationFailed, ""),
            >= 400 => ByCode(1, ""),
            _ when answer.Envelope is { Errors: [var error, ..] } => ByCode(error.Code, error.Message),
            _ => default,
        };
        return problem is null ? Unreadable(request, answer, null) : Made(request, answer, failure, problem);
    }

    public static LinodeApiException Unreadable(V3Request request, V3Answer answer, Exception? exception) => request.Repeatable
        ? Made(
            request, answer, ApiFailure.BadAnswer,
            new("LCT5039", "the API's answer cannot be read", Why: Unread(answer, exception), Fix: ["check the API's address and proxies"]),
            exception)
        : Made(request, answer, ApiFailure.AnswerLost, ApiProblems.AnswerLost(request.Action, Unread(answer, exception)), exception);

    /// <summary>It may have been done, and the answer does not tell.</summary>
    public static LinodeApiException Lost(V3Request request, V3Answer answer) =>
        Made(request, answer, ApiFailure.AnswerLost, ApiProblems.AnswerLost(request.Action, Why(answer)));

    private static (ApiFailure Failure, Problem Problem) RateLimited => (ApiFailure.RateLimited, new(
        "LCT5032", "the rate limit refused the call again and again", Fix: [
            "somebody else uses the account's rate limit: try again in a few minutes"]) { Retryable = true });

    private static (ApiFailure Failure, Problem Problem) ByCode(int code, string words) => code switch
    {
        V3Codes.AuthenticationFailed => (ApiFailure.NotAllowed, new(
            "LCT3016", "the API does not accept the key", Fix: ["make a new API key and store it: this one may be expired, revoked or cut short"])),
        13 => (ApiFailure.NotAllowed, new(
            "LCT3017", "the key's user may not do this", Fix: [
                "ask an administrator of the account for the grant", "or use a key of an unrestricted user"])),
        44 => (ApiFailure.NotAllowed, new("LCT3018", "the API wants a second factor", Fix: ["make an API key with one, and use that"])),
        V3Codes.NotFound => (ApiFailure.NotFound, new("LCT5030", "there is no such object", Fix: ["it may be gone: look at what there is"])),
        V3Codes.Invalid when IsLabelTaken(words) => (ApiFailure.LabelTaken, new(
            "LCT5031", "the label is in use already", Fix: ["choose another label", "or delete what has it"])),
        6 or 7 or V3Codes.Invalid => (ApiFailure.Refused, new("LCT5033", "the API refused a value", Fix: ["change what the reason names"])),
        V3Codes.BatchOutOfTime => (ApiFailure.Unavailable, new(
            "LCT5041", "the API had no time to do it together with other calls", Fix: ["try again later"]) { Retryable = true }),
        V3Codes.RateLimited => RateLimited,
        15 or 42 => (ApiFailure.Refused, new(
            "LCT5035", "a limit of the account is reached", Fix: ["delete what is not needed", "or ask the API's operator for more"])),
        30 or 31 => (ApiFailure.Refused, new("LCT5036", "the account's card was not charged", Fix: ["put the account's payment right"])),

        // The limit is of an hour: no call waits as long, so it is refused here; what is done later works.
        40 => (ApiFailure.Refused, new(
            "LCT5034", "as many Linodes were added as the account may add in an hour", Fix: ["try again in an hour"]) { Retryable = true }),
        41 => (ApiFailure.Refused, new("LCT5037", "the Linode still has disks", Fix: ["delete its disks first", "or delete it without checks"])),
        _ => (ApiFailure.Refused, new("LCT5040", "the API refused the call", Fix: ["change what the reason names"])),
    };

    // No text of the API is known for it: any that speaks of a label and of something that has it already.
    private static bool IsLabelTaken(string words) => Says(words, "label")
        && (Says(words, "in use") || Says(words, "already") || Says(words, "unique") || Says(words, "taken") || Says(words, "exists"));

    private static bool Says(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static LinodeApiException Made(
        V3Request request, V3Answer answer, ApiFailure failure, Problem problem, Exception? exception = null) =>
        new(failure, problem with { Where = request.Action, Why = request.Masked(problem.Why ?? Why(answer)) }, answer.Http.Status, exception);

    private static string Why(V3Answer answer) => answer.Envelope is { Errors: [_, ..] errors }
        ? $"API said {string.Join("; ", errors.Select(error => $"{error.Code} {V3Codes.Name(error.Code)} \"{error.Message}\""))}"
        : $"API said {answer.Http.Status} with {Kind(answer)}";

    private static string Unread(V3Answer answer, Exception? exception) =>
        $"API said {answer.Http.Status} with {Kind(answer)} that cannot be read{(exception is null ? "" : $": {exception.Message}")}";

    private static string Kind(V3Answer answer) => answer.Http.Body.IsEmpty ? "an empty body" : answer.Http.MediaType ?? "a body of unknown type";
}
