using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class ScopeCheckTests
{
    private static readonly ChangeSet Nothing = new(Cluster, [], [], [], [], [], []);

    [Fact]
    public void Each_kind_of_thing_to_make_needs_its_scope()
    {
        Assert.Equal("events:read_only linodes:read_write firewall:read_only", Needed(Nothing with { AddedNodes = [Node("web", 1)] }));
        Assert.Equal("events:read_only linodes:read_write firewall:read_write", Needed(Adding(Node("web", 1))));
        Assert.Equal(
            "events:read_only linodes:read_write firewall:read_only volumes:read_write",
            Needed(Nothing with { AddedNodes = [Node("db", 1) with { Volumes = [Volume("data", "d")] }] }));
        Assert.Equal("events:read_only linodes:read_write nodebalancers:read_write", Needed(Nothing with { AddedBalancers = [Balancer("front")] }));
    }

    [Theory]
    [InlineData(ResourceKind.Volume, "volumes")]
    [InlineData(ResourceKind.Balancer, "nodebalancers")]
    [InlineData(ResourceKind.Firewall, "firewall")]
    public void Each_kind_of_thing_to_delete_needs_its_scope(ResourceKind kind, string scope) =>
        Assert.Equal($"events:read_only linodes:read_write {scope}:read_write", Needed(Nothing with { RemovedResources = [Made(kind, "thing")] }));

    [Theory]
    [InlineData("*")]
    [InlineData("events:read_only linodes:read_write firewall:read_write")]
    [InlineData("account:read_only firewall:read_write linodes:read_write events:read_write")]
    public async Task A_token_with_all_that_is_needed_passes(string granted)
    {
        await ScopeCheck.DemandAsync(new FakeCloud { Scopes = granted.Split(' ') }, Adding(Node("web", 1)), default);
    }

    [Theory]
    [InlineData("events:read_only linodes:read_only firewall:read_write", "linodes:read_write")]
    [InlineData("linodes:read_write firewall:read_write", "events:read_only")]
    [InlineData("events:read_only linodes:read_write firewall:read_only", "firewall:read_write")]
    public async Task What_is_missing_is_named(string granted, string missing)
    {
        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(
            () => ScopeCheck.DemandAsync(new FakeCloud { Scopes = granted.Split(' ') }, Adding(Node("web", 1)), default));

        Assert.Equal("LCT3003", refused.Problem.Code);
        Assert.Contains($": {missing} missing", refused.Problem.What);
    }

    private static string Needed(ChangeSet changes) => string.Join(' ', ScopeCheck.NeededFor(changes));
}
