using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>Nodes that only a second try makes, and what those that were there before are told of them.</summary>
public sealed class NewcomersTests : IAsyncLifetime
{
    private const string Nodes = "[{ name: web, type: g6-nanode-1, count: 2, provides: [http], uses: [http] }]";
    private const string Balancers = "\n  nodebalancers: [{ name: gate, tag: web, port: 80, protocol: http }]";
    private const string Services = "\nservices: { http: { ports: [80/tcp], from: [web] } }";

    private readonly FrontDoor door = new();

    [Fact]
    public async Task Who_was_told_of_the_others_before_is_told_of_a_node_that_only_the_next_try_makes()
    {
        door.Cloud.Before = call => Refuse(call.StartsWith("create ") && call.EndsWith('2'));
        Assert.Equal("failed", (await door.CreateAsync("shop", Nodes + Services)).Outcome);
        door.Cloud.Before = _ => { };

        var shell = new RecordingShell();
        await using var toolkit = door.Open(shell);
        Assert.Equal("done", (await toolkit.ResumeAsync("shop", null, null))?.Outcome);

        var again = shell.Recorded.Where(row => row.Node.EndsWith('1')).Select(row => row.Command.Split(':')[0]);
        Assert.Equal(["names", "ports"], again.Order());
    }

    [Fact]
    public async Task Where_no_node_was_missing_nobody_is_told_twice()
    {
        door.Cloud.Before = call => Refuse(call.StartsWith("balancer "));
        Assert.Equal("failed", (await door.CreateAsync("shop", Nodes + Balancers + Services)).Outcome);
        door.Cloud.Before = _ => { };

        var shell = new RecordingShell();
        await using var toolkit = door.Open(shell);
        Assert.Equal("done", (await toolkit.ResumeAsync("shop", null, null))?.Outcome);

        Assert.DoesNotContain(shell.Recorded, row => row.Command.Split(':')[0] is "names" or "ports");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await door.DisposeAsync();

    private static void Refuse(bool refused)
    {
        if (refused)
        {
            throw FakeCloud.Fails(ApiFailure.Refused);
        }
    }
}
