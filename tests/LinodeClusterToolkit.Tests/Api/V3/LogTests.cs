using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

public sealed class LogTests
{
    private static readonly Func<LinodeV3Client, Task>[] CallsWithSecrets =
    [
        client => client.SendAsync(new CreateDiskFromDistribution(7, 124, "root", 4096, new("CANARY-1"), new("CANARY-2"))),
        client => client.SendAsync(new CreateDiskFromStackScript(
            7, 9, new Dictionary<string, Sensitive> { ["db"] = new("CANARY-3") }, 124, "root", 4096, new("CANARY-4"))),
        client => client.SendAsync(new CreateDiskFromImage(7, 5, RootPass: new("CANARY-5"))),
        client => client.SendAsync(new CreateBalancerConfig(7, new(443, SslCert: "CANARY-6", SslKey: new("CANARY-7")))),
        client => client.SendAsync(new GetApiKey("ann", new("CANARY-8"), Token: new("CANARY-10"))),
    ];

    private readonly ManualTime time = new();
    private readonly List<string> lines = [];

    [Fact]
    public async Task A_line_tells_the_form_without_the_key_and_the_answer()
    {
        var api = new FakeV3(_ => FakeV3.Fine("""{"JobID":8}"""));
        using var client = Client(api);
        await time.DriveAsync(client.SendAsync(new BootLinode(7)));
        Assert.Equal(
            """POST / api_key=***&api_action=linode.boot&LinodeID=7 -> 200 0 ms {"ERRORARRAY":[],"DATA":{"JobID":8},"ACTION":"x"}""",
            Assert.Single(lines));
    }

    [Fact]
    public async Task A_batch_is_looked_into()
    {
        var api = new FakeV3(_ => FakeV3.Fine("""{"JobID":8}"""));
        using var client = Client(api);
        await time.DriveAsync(Task.WhenAll(client.SendAsync(new BootLinode(7)), client.SendAsync(new BootLinode(9))));
        Assert.StartsWith(
            "POST / api_key=***&api_action=batch&api_requestArray="
            + """[{"api_action":"linode.boot","LinodeID":7},{"api_action":"linode.boot","LinodeID":9}] -> 200""",
            Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_secret_is_shown_alone_or_in_a_batch(bool together)
    {
        var api = new FakeV3(_ => FakeV3.Fine("""{"JobID":8,"DiskID":9,"ConfigID":3,"API_KEY":"CANARY-9","USERNAME":"ann"}"""));
        using var client = Client(api);
        if (together)
        {
            await time.DriveAsync(Task.WhenAll(CallsWithSecrets.Select(call => call(client))));
        }
        else
        {
            foreach (var call in CallsWithSecrets)
            {
                await time.DriveAsync(call(client));
            }
        }

        Assert.Equal(together ? 2 : 5, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain("CANARY", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("k3y", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(together ? "\"rootPass\":\"***\"" : "&rootPass=***", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("&password=***&token=***", StringComparison.Ordinal));
    }

    private LinodeV3Client Client(FakeV3 api) => new(FakeV3.On(api.Api, time) with { HttpLog = lines.Add });
}
