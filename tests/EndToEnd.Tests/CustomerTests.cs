namespace EndToEnd.Tests;

/// <summary>Several customers of one installation, and tokens that they got by OAuth.</summary>
public sealed class CustomerTests
{
    private static readonly string[] Anna = ["--app", "shop", "--customer", "anna"];
    private static readonly string[] Bert = ["--app", "shop", "--customer", "bert"];

    [Fact]
    public async Task Two_customers_of_one_installation_and_one_account_see_nothing_of_each_other()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Expose(
            leak => leak.Contains("in standard output of linodetool secret get annas-secret --reveal", StringComparison.Ordinal),
            "she asked for it");
        (await desk.RunAsync(["secret", "set", "annas-secret", "annas-value-4815", .. Anna])).Ended(0);
        (await desk.RunAsync(["cluster", "create", "annas", desk.WritePlan("a.yaml", 2), .. Anna])).Ended(0);
        (await desk.RunAsync(["cluster", "create", "berts", desk.WritePlan("b.yaml", 1), .. Bert])).Ended(0);
        var run = (string)(await desk.RunAsync(["task", "list", "-o", "json", .. Anna])).Json.AsArray()[0]!["run"]!;

        string[][] asked =
        [
            ["cluster", "list"], ["node", "list"], ["task", "list"], ["secret", "list"], ["cluster", "orphans"], ["secret", "audit"],
            ["cluster", "show", "anna"], ["node", "show", "anna"], ["task", "list", "--run", run[..2]], ["secret", "get", "annas"],
            ["node", "why", "anna"], ["cluster", "delete", "anna", "--yes"], ["cluster", "import", "mine", "--tag", "webserver", "--dry-run"],
        ];
        foreach (var customer in new[] { Bert, [] })
        {
            foreach (var words in asked)
            {
                var told = await desk.RunAsync([.. words, .. customer]);
                var shown = string.Concat(told.Out, told.Error);
                foreach (var mark in new[] { "annas-us-east-web", "annas-secret", "annas-value", run }.Where(mark => !words.Contains(mark)))
                {
                    Assert.DoesNotContain(mark, shown, StringComparison.Ordinal);
                }
            }
        }

        Assert.Equal(2, (await desk.RunAsync(["node", "list", "-o", "json", .. Anna])).Json.AsArray().Count);
        Assert.Equal("annas-value-4815", (await desk.RunAsync(["secret", "get", "annas-secret", "--reveal", .. Anna])).Out.Trim());
    }

    [Fact]
    public async Task A_token_of_OAuth_is_renewed_stored_and_named_but_never_shown()
    {
        const string Old = "the-first-oauth-token";
        await using var desk = await Desk.SitDownAsync("--token", Old + "=revoked", "--oauth", "the-app=the-app-secret=the-first-refresh-token");
        desk.Environment.Remove("LINODETOOL_TOKEN");
        desk.Expose(leak => leak.Contains("in standard output of linodetool secret get oauth-", StringComparison.Ordinal), "the test asks for it");
        desk.Expose(
            leak => leak.Contains("/linode-emulator)", StringComparison.Ordinal),
            "the emulator is told of tokens on its command line, by this test");
        foreach (var (name, value) in new[]
        {
            ("oauth-token", Old), ("oauth-refresh-token", "the-first-refresh-token"), ("oauth-client-id", "the-app"),
            ("oauth-client-secret", "the-app-secret"),
        })
        {
            (await desk.RunAsync("secret", "set", name, value)).Ended(0);
        }

        var made = (await desk.RunAsync("cluster", "create", "shop", desk.WritePlan("p.yaml", 2), "--debug")).Ended(0);

        Assert.Contains("secret oauth-token (profile default)", made.Error, StringComparison.Ordinal);
        Assert.Single(made.Error.Split('\n'), line => line.EndsWith("/oauth/token -> 200", StringComparison.Ordinal));
        var now = (await desk.RunAsync("secret", "get", "oauth-token", "--reveal")).Out.Trim();
        var next = (await desk.RunAsync("secret", "get", "oauth-refresh-token", "--reveal")).Out.Trim();
        Assert.All(
            [Old, "the-first-refresh-token", "the-app-secret", now, next],
            value => Assert.DoesNotContain(value, made.Error + made.Out, StringComparison.Ordinal));
        Assert.NotEqual(Old, now);
        Assert.DoesNotContain("/oauth/token", (await desk.RunAsync("cluster", "delete", "shop", "--yes", "--debug")).Ended(0).Error);
    }
}
