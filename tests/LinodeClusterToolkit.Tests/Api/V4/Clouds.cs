using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

/// <summary>Clients on a fake API and a clock of the test's.</summary>
internal static class Clouds
{
    public const string Node = """{"id":7,"label":"web-1","status":"provisioning","region":"us-east","type":"g6-nanode-1"}""";

    public static V4Options On(HttpMessageHandler api, ManualTime time) => new()
    {
        ApiUrl = new("https://api.example/"),
        Token = () => new Sensitive("t0ken-of-tests"),
        Handler = api,
        Time = time,
        Counters = new CallCounters(),
    };

    public static NodeOrder Order(string label = "web-1") => new(label, "us-east", "g6-nanode-1", "linode/debian12", ["lct:1"], 12)
    {
        RootPassword = new Sensitive("Very-Secret-1"),
    };

    public static async Task<List<T>> AllAsync<T>(this IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
