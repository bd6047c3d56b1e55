using LinodeClusterToolkit.Tests.Secrets.Vault.Double;

namespace EndToEnd.Tests;

/// <summary>A user whose secrets are in a Vault, let in as an application that may do no more than it must.</summary>
public sealed class VaultTests
{
    private const string Policy = """
        path "secret/data/linodetool/default/*" { capabilities = ["create", "read", "update"] }
        path "secret/metadata/linodetool/default/*" { capabilities = ["read", "list", "delete"] }
        path "secret/metadata/linodetool/default" { capabilities = ["list"] }
        """;

    [Fact]
    public async Task A_cluster_lives_with_all_its_secrets_in_a_Vault_and_none_on_disk()
    {
        await using var vault = await DoubleServer.StartAsync();
        await using var desk = await Desk.SitDownAsync();
        await LetInAsync(desk, vault);
        (await desk.RunAsync("secret", "generate", "web/database")).Ended(0);

        (await desk.RunAsync("cluster", "create", "shop", desk.WritePlan("p.yaml", 3))).Ended(0);
        (await desk.RunAsync("secret", "set", "same", "of-a-customer-4815", "--customer", "acme")).Ended(0);

        var names = (await desk.RunAsync("secret", "list", "-o", "name")).Lines;
        Assert.Equal(3, names.Count(name => name.EndsWith("/admin-key", StringComparison.Ordinal)));
        Assert.DoesNotContain("same", names);
        Assert.Equal(["same"], (await desk.RunAsync("secret", "list", "-o", "name", "--customer", "acme")).Lines);
        (await desk.RunAsync("secret", "audit")).Ended(0);
        NothingOnDisk(desk);
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.Equal(["web/database"], (await desk.RunAsync("secret", "list", "-o", "name")).Lines);
    }

    [Fact]
    public async Task A_sealed_Vault_is_named_nothing_is_made_or_written_elsewhere_and_the_same_command_goes_on()
    {
        await using var vault = await DoubleServer.StartAsync();
        await using var desk = await Desk.SitDownAsync();
        await LetInAsync(desk, vault);
        var plan = desk.WritePlan("p.yaml", 2);
        vault.Vault.IsSealed = true;

        var refused = await desk.RunAsync("cluster", "create", "shop", plan);

        Assert.NotEqual(0, refused.Code);
        Assert.Contains("sealed", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(await desk.Cloud.WritesAsync(), one => one.Path.Contains("instances", StringComparison.Ordinal));
        NothingOnDisk(desk);
        vault.Vault.IsSealed = false;
        (await desk.RunAsync("cluster", "create", "shop", plan)).Ended(0);
        Assert.Equal(2, (await desk.Cloud.ListAsync("linode/instances")).Count);
    }

    [Fact]
    public async Task A_Vault_that_lets_nobody_in_or_is_not_there_is_named()
    {
        await using var desk = await Desk.SitDownAsync();
        await using (var vault = await DoubleServer.StartAsync())
        {
            await LetInAsync(desk, vault);
            desk.Environment["VAULT_SECRET_ID"] = "0e5a6b1c-not-a-secret-id";
            Assert.Contains("LCT3023", (await desk.RunAsync("secret", "list")).Ended(4).Error, StringComparison.Ordinal);
        }

        var gone = await desk.RunAsync("secret", "set", "a", "value-that-has-nowhere-to-go");

        Assert.NotEqual(0, gone.Code);
        Assert.Contains(desk.Environment["VAULT_ADDR"]!.TrimEnd('/'), gone.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("value-that-has-nowhere-to-go", gone.Error, StringComparison.Ordinal);
        NothingOnDisk(desk);
    }

    private static async Task LetInAsync(Desk desk, DoubleServer vault)
    {
        await vault.DoAsync("PUT", "sys/policies/acl/lct", new { policy = Policy });
        var (role, secret) = await vault.NewRoleAsync(new { token_policies = "lct", token_ttl = "1h" });
        desk.Environment["LINODETOOL_SECRET_STORE"] = "vault";
        desk.Environment["VAULT_ADDR"] = vault.Url.ToString();
        desk.Environment["VAULT_ROLE_ID"] = role;
        desk.Environment["VAULT_SECRET_ID"] = secret;
    }

    private static void NothingOnDisk(Desk desk)
    {
        var folder = Path.Combine(desk.Kept, "data");
        Assert.Empty(Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, "secrets*") : []);
    }
}
