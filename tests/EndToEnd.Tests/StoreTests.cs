namespace EndToEnd.Tests;

/// <summary>Where secrets are kept, as a user chooses and changes it.</summary>
public sealed class StoreTests
{
    private const string Passphrase = "a passphrase of the tests";

    [Theory]
    [InlineData("none")]
    [InlineData("environment")]
    public async Task Nodes_whose_keys_nobody_would_keep_are_refused_before_anything_is_made(string store)
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_SECRET_STORE"] = store;

        var refused = await desk.RunAsync("cluster", "create", "shop", desk.WritePlan("p.yaml", 1));

        Assert.Contains("LCT3007", refused.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("LCT3007", (await desk.RunAsync("node", "create", "us-east", "1gb", "debian 12")).Error, StringComparison.Ordinal);
        Assert.Empty(await desk.Cloud.WritesAsync());
    }

    [Fact]
    public async Task Where_people_have_keys_of_their_own_nothing_need_be_kept()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_SECRET_STORE"] = "none";
        var plan = desk.Write("p.yaml", """
            version: 1
            defaults: { users: [ops] }
            users:
              ops:
                users:
                - { name: deploy, sudo: yes, login: yes, keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPUN9pH04QdWScKzSanAk2emeZFK2eItx0YpjMZwQAVg] }
            regions: [{ region: us-east, nodes: [{ name: web, type: g6-nanode-1, image: debian 12 }] }]
            """);

        var made = (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);

        Assert.Contains("LCT3008", made.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(desk.Kept, "data", "secrets")));
    }

    [Fact]
    public async Task A_cluster_goes_on_after_all_its_secrets_went_to_an_encrypted_store()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_PASSPHRASE"] = Passphrase;
        desk.Expose(
            leak => leak.StartsWith("web/database in standard output of linodetool secret get web/database --reveal", StringComparison.Ordinal),
            "it was asked for");
        var plan = desk.WritePlan("p.yaml", 2);
        File.AppendAllText(plan, "ssh: { root-password: kept }\n");
        (await desk.RunAsync("secret", "generate", "web/database")).Ended(0);
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        var names = (await desk.RunAsync("secret", "list", "-o", "name")).Lines;
        Assert.Equal(2, names.Count(name => name.EndsWith("/root-password", StringComparison.Ordinal)));
        var password = (await desk.RunAsync("secret", "get", "web/database", "--reveal")).Out.Trim();

        var moved = (await desk.RunAsync("secret", "migrate", "--to", "encrypted", "--delete", "--yes", "-o", "json")).Ended(0);
        Assert.All(moved.Json.AsArray(), one => Assert.Equal(("copied", true), ((string)one!["move"]!, (bool)one["deleted"]!)));
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(desk.Kept, "data", "secrets"), "*", SearchOption.AllDirectories),
            file => Assert.StartsWith("~", Path.GetFileName(file), StringComparison.Ordinal));

        desk.Environment["LINODETOOL_SECRET_STORE"] = "encrypted";
        Assert.Equal(names, (await desk.RunAsync("secret", "list", "-o", "name")).Lines);
        Assert.Equal(password, (await desk.RunAsync("secret", "get", "web/database", "--reveal")).Out.Trim());
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.Equal(["web/database"], (await desk.RunAsync("secret", "list", "-o", "name")).Lines);
        desk.Environment["LINODETOOL_PASSPHRASE"] = "not-that-one-4815162342";
        Assert.Contains("LCT7212", (await desk.RunAsync("secret", "list")).Error, StringComparison.Ordinal);
    }
}
