using System.Net;
using System.Text;

namespace LinodeClusterToolkit.Tests.Support;

/// <summary>A request as the fake saw it.</summary>
public sealed record SeenRequest(string Method, string PathAndQuery, string? Filter, string? Authorization, string Body);

/// <summary>Answers requests in the process by a function, and remembers them.</summary>
public sealed class FakeApi(Func<SeenRequest, int, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly List<SeenRequest> seen = [];

    /// <summary>Answers in this order, the last one again and again; an answer is a message or an exception.</summary>
    public static FakeApi Script(params object[] answers) => new((_, number) => answers[Math.Min(number, answers.Length) - 1] switch
    {
        Exception exception => throw exception,
        Func<HttpResponseMessage> make => make(),
        _ => throw new ArgumentException("an answer is a message or an exception", nameof(answers)),
    });

    public IReadOnlyList<SeenRequest> Seen
    {
        get
        {
            lock (gate)
            {
                return [.. seen];
            }
        }
    }

    public static HttpResponseMessage Json(string json, int status = 200, params (string Name, string Value)[] headers) =>
        Answer(json, "application/json", status, headers);

    public static HttpResponseMessage Html(int status) => Answer("<html><h1>Bad gateway</h1></html>", "text/html", status, []);

    public static HttpResponseMessage Error(int status, string reason, string? field = null, params (string Name, string Value)[] headers) => Json(
        $$"""{"errors":[{"reason":"{{reason}}"{{(field is null ? "" : $",\"field\":\"{field}\"")}}}]}""", status, headers);

    public static HttpResponseMessage Page(string items, int page = 1, int pages = 1, int? results = null) =>
        Json($$"""{"data":[{{items}}],"page":{{page}},"pages":{{pages}},"results":{{results ?? 0}}}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var filter = request.Headers.TryGetValues("X-Filter", out var filters) ? filters.Single() : null;
        var now = new SeenRequest(request.Method.Method, request.RequestUri!.PathAndQuery, filter, request.Headers.Authorization?.ToString(), body);
        int number;
        lock (gate)
        {
            seen.Add(now);
            number = seen.Count;
        }

        return answer(now, number);
    }

    private static HttpResponseMessage Answer(string body, string type, int status, (string Name, string Value)[] headers)
    {
        var message = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}
