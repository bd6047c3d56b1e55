using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3CloudScriptsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task A_StackScript_of_the_account_is_stored_found_and_deleted_once() => V3World.RunAsync(async world =>
    {
        var made = await world.Cloud.CreateStackScriptAsync(new("shop", ["linode/debian12"], "#!/bin/bash\necho shop\n", V3World.Owner), None);
        var other = await world.Cloud.CreateStackScriptAsync(new("LAMP", ["any/all"], "#!/bin/bash\n", "not Linode's"), None);

        var found = await world.Other.FindStackScriptAsync(made.Id, None);
        Assert.Equal((made.Id, "shop", V3World.Owner), (found!.Id, found.Label, found.Description));
        Assert.Equal(("", "#!/bin/bash\necho shop\n"), (found.User, found.Script));
        Assert.Equal(["linode/debian12"], found.Images);
        Assert.Equal(made.Id, Assert.Single(await world.Other.ListOwnStackScriptsAsync("shop", None).AllAsync()).Id);
        Assert.Equal([made.Id, other.Id], (await world.Other.ListOwnStackScriptsAsync(null, None).AllAsync()).Select(one => one.Id));
        Assert.Contains("linode/debian12", (await world.Other.FindStackScriptAsync(other.Id, None))!.Images);

        Assert.True(await world.Cloud.DeleteStackScriptAsync(made.Id, None));
        Assert.False(await world.Cloud.DeleteStackScriptAsync(made.Id, None));
        Assert.Null(await world.Cloud.FindStackScriptAsync(made.Id, None));
    });

    [Fact]
    public Task Linode_s_own_are_told_by_whose_the_first_one_is() => V3World.RunAsync(async world =>
    {
        var own = await world.Cloud.CreateStackScriptAsync(new("LAMP", ["any/all"], "#!/bin/bash\n", "not Linode's"), None);
        var lamps = await world.Cloud.ListStackScriptsAsync("LAMP", None).AllAsync();
        Assert.Equal([(own.Id, ""), (1, "linode")], lamps.Select(one => (one.Id, one.User)));
        Assert.Equal("linode", (await world.Other.FindStackScriptAsync(10, None))?.User);
    });

    [Fact]
    public Task Those_of_others_are_not_taken_for_Linode_s() => V3World.RunAsync(async world =>
    {
        var hello = Assert.Single(await world.Cloud.ListStackScriptsAsync("Hello", None).AllAsync());
        Assert.NotEqual("linode", hello.User);
        Assert.StartsWith("user ", hello.User, StringComparison.Ordinal);
        Assert.Equal(hello.User, (await world.Other.FindStackScriptAsync(hello.Id, None))?.User);
    });

    [Fact]
    public Task There_are_no_firewalls_and_none_is_made() => V3World.RunAsync(async world =>
    {
        var order = new FirewallOrder("wall", FirewallRules.OnlySsh(["0.0.0.0/0"]), [V3World.Owner]);
        var refused = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateFirewallAsync(order, None));
        Assert.Equal((ApiFailure.Refused, "LCT5047"), (refused.Failure, refused.Problem.Code));
        var unguarded = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.GuardNodeAsync(1, 2, None));
        Assert.Equal("LCT5047", unguarded.Problem.Code);
        Assert.Empty(await world.Cloud.ListFirewallsAsync(new(), None).AllAsync());
        Assert.False(await world.Cloud.DeleteFirewallAsync(1, None));
        Assert.Empty(world.Asked);
    });
}
