using System.Net;
using System.Text.Json;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

/// <summary>One action as the fake was asked for it, alone or in a batch; names in lower case.</summary>
internal sealed record AskedAction(string Action, IReadOnlyDictionary<string, string> Parameters)
{
    public string this[string name] => Parameters[name];
}

/// <summary>An API v3 in the process: answers actions by a function, batches with the answers of their items.</summary>
internal sealed class FakeV3
{
    private readonly Lock gate = new();
    private readonly List<IReadOnlyList<AskedAction>> requests = [];
    private readonly Func<AskedAction, string> answer;

    public FakeV3(Func<AskedAction, string> answer)
    {
        this.answer = answer;
        Api = new((request, _) => Answer(request));
    }

    public FakeApi Api { get; }

    /// <summary>What each request asked for.</summary>
    public IReadOnlyList<IReadOnlyList<AskedAction>> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public IEnumerable<string> Actions => Requests.SelectMany(one => one).Select(one => one.Action);

    public static V3Options On(HttpMessageHandler api, ManualTime time) => new()
    {
        ApiUrl = new("https://api.example/"),
        Key = () => new Sensitive("k3y-of-tests"),
        Handler = api,
        Time = time,
        Counters = new CallCounters(),
    };

    public static string Fine(string data) => $$"""{"ERRORARRAY":[],"DATA":{{data}},"ACTION":"x"}""";

    public static string Error(int code, string words) =>
        $$"""{"ERRORARRAY":[{"ERRORCODE":{{code}},"ERRORMESSAGE":"{{words}}"}],"DATA":{},"ACTION":"x"}""";

    /// <summary>The actions of a request.</summary>
    public static IReadOnlyList<AskedAction> Read(SeenRequest request)
    {
        var form = Form(request.Body);
        if (form["api_action"] != "batch")
        {
            return [new(form["api_action"], form)];
        }

        using var array = JsonDocument.Parse(form["api_requestarray"]);
        return [.. array.RootElement.EnumerateArray().Select(one => new AskedAction(
            one.GetProperty("api_action").GetString()!,
            one.EnumerateObject().ToDictionary(member => member.Name.ToLowerInvariant(), member => member.Value.ToString())))];
    }

    public static IReadOnlyDictionary<string, string> Form(string body) => body.Split('&').Select(pair => pair.Split('='))
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]).ToLowerInvariant(), pair => WebUtility.UrlDecode(pair[1]));

    private HttpResponseMessage Answer(SeenRequest request)
    {
        var asked = Read(request);
        lock (gate)
        {
            requests.Add(asked);
        }

        return FakeApi.Json(Form(request.Body)["api_action"] == "batch" ? $"[{string.Join(",", asked.Select(answer))}]" : answer(asked[0]));
    }
}
