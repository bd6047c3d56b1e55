using System.Security.Cryptography;

namespace EndToEnd.Tests;

/// <summary>What is wrong with an action of a plan and can be known beforehand: it is said before the cloud is asked to change anything.</summary>
public sealed class ForeseenTests
{
    [Theory]
    [InlineData("{ name: 'stackscript:own.sh', with: { db_name: shop } }", "LCT2131: stackscript:own.sh needs a value for \"db_user\"", 3, ":9:")]
    [InlineData("{ name: 'cloudinit:large.sh' }", "LCT2140: the user data of a node would have ", 3, "us-east/web")]
    [InlineData("{ name: 'localansible:no-such/site.yaml' }", "no-such/site.yaml", 3, ":9:")]
    [InlineData("{ name: 'ansible:no-such/site.yaml' }", "no-such/site.yaml", 3, ":9:")]
    [InlineData("{ name: 'shell:no-such.sh' }", "no-such.sh", 3, ":9:")]
    [InlineData("{ name: 'shell:inline', inline: 'true', with: { key: 'secret:no-such' } }", "LCT3004: no secret 'no-such'", 4, "secret:no-such")]
    [InlineData("{ name: 'stackscript:own.sh', with: { db_name: a, db_user: 'secret:none' } }", "LCT3004: no secret 'none'", 4, "secret:none")]
    public async Task An_action_that_cannot_work_is_refused_with_its_place_and_nothing_is_made(string action, string said, int code, string place)
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Write("own.sh", "#!/bin/sh\n# <UDF name=\"db_name\" label=\"Database\" />\n# <UDF name=\"db_user\" label=\"Its user\" />\n");
        desk.Write("large.sh", $"#!/bin/sh\n# {Convert.ToBase64String(RandomNumberGenerator.GetBytes(20_000))}\n");
        var plan = desk.Write("plan.yaml", $"""
            version: 1
            regions:
            - region: us-east
              nodes:
              - name: web
                type: g6-nanode-1
                image: debian 12
                init:
                  firstboot: [{action}]
            """);

        var refused = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(code);

        Assert.Contains(said, refused.Error, StringComparison.Ordinal);
        Assert.Contains(place, refused.Error, StringComparison.Ordinal);
        Assert.Empty(await desk.Cloud.WritesAsync());
    }
}
