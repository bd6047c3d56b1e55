using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>What one call was answered.</summary>
/// <param name="Http">The answer it came in, perhaps with those of others.</param>
/// <param name="Envelope">Its own part; null where there is none to be read.</param>
internal sealed record V3Answer(HttpAnswer Http, V3Envelope? Envelope)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    public static V3Answer Of(HttpAnswer answer) => new(answer, V3Envelope.Read(answer).Whole);

    public bool IsSuccess => Http.IsSuccess && Envelope is { Code: 0 };

    /// <summary>A refusal by the rate limit as HTTP has it, since the API says 200 to everything: then nothing of the request was done.</summary>
    /// <remarks>Of a failure <c>Retry-After</c> counts, which an API with a word on its rate limit in every answer does not mean so.</remarks>
    public static HttpAnswer Understand(HttpAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            return RateAnswer.Wait(answer) is { } wait ? answer with { Pause = wait < LongestPause ? wait : LongestPause } : answer;
        }

        var (whole, items) = V3Envelope.Read(answer);
        var refused = whole?.Code == V3Codes.RateLimited || (items is [_, ..] && items.All(item => item?.Code == V3Codes.RateLimited));
        return refused ? answer with { Status = 429 } : answer;
    }
}
