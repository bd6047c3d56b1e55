using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Tokens that are refused, or may too little: told before anything is made.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class FaultTokenTests
{
    private const string All = "linodes:read_write volumes:read_write nodebalancers:read_write firewall:read_write events:read_only";

    [Fact]
    public async Task A_revoked_token_is_named_and_nothing_is_made()
    {
        await using var world = new World(With(new("a-token-for-tests") { Revoked = true }));

        var problem = await RefusedAsync(world);

        Assert.Equal(("LCT3010", "API said 401 \"Invalid Token\""), (problem.Code, problem.Why));
        await NothingIsMadeAsync(world);
    }

    [Theory]
    [InlineData("linodes:read_write")]
    [InlineData("volumes:read_write")]
    [InlineData("nodebalancers:read_write")]
    [InlineData("firewall:read_write")]
    [InlineData("events:read_only")]
    public async Task A_missing_scope_is_named_and_nothing_is_made(string missing)
    {
        await using var world = new World(With(new("a-token-for-tests") { Scopes = All.Replace(missing, "", StringComparison.Ordinal) }));

        var problem = await RefusedAsync(world);

        Assert.Equal("LCT3003", problem.Code);
        Assert.Contains($": {missing} missing", problem.What, StringComparison.Ordinal);
        await NothingIsMadeAsync(world);
    }

    [Theory]
    [InlineData("linodes")]
    [InlineData("volumes")]
    public async Task A_scope_that_may_only_read_is_missing_too(string area)
    {
        await using var world = new World(With(new("a-token-for-tests")
        {
            Scopes = All.Replace($"{area}:read_write", $"{area}:read_only", StringComparison.Ordinal),
        }));

        var problem = await RefusedAsync(world);

        Assert.Contains($": {area}:read_write missing", problem.What, StringComparison.Ordinal);
        await NothingIsMadeAsync(world);
    }

    [Fact]
    public async Task A_token_with_just_these_scopes_will_do()
    {
        await using var world = new World(With(new("a-token-for-tests") { Scopes = All }));

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal("done", summary.Outcome);
    }

    [Fact]
    public async Task A_token_for_nodes_alone_also_deletes_what_it_made()
    {
        const string plan = """
            version: 1
            regionplans: [{ name: small, nodes: [{ name: web, type: g6-nanode-1 }] }]
            regions: [{ region: us-east, regionplan: small }]
            """;
        await using var world = new World(With(new("a-token-for-tests") { Scopes = "linodes:read_write firewall:read_write events:read_only" }));
        await world.Time.RunAsync(() => world.CreateAsync("small", plan));

        var summary = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("small", new(), world.Events));

        Assert.Equal("done", summary.Outcome);
        var left = await world.CountsAsync("linodes", "firewalls");
        Assert.Equal([0, 0], left);
    }

    private static EmulatorOptions With(EmulatorToken token) => new() { Tokens = [token] };

    private static async Task<Problem> RefusedAsync(World world) => (await Assert.ThrowsAnyAsync<LinodeToolkitException>(
        () => world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan)))).Problem;

    private static async Task NothingIsMadeAsync(World world)
    {
        Assert.Empty(await world.WritesAsync());
        Assert.Empty(await world.ClustersAsync());
    }
}
