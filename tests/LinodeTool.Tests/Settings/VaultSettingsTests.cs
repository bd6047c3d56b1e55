using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeTool.Grammar;
using LinodeTool.Settings;

namespace LinodeTool.Tests.Settings;

public sealed class VaultSettingsTests
{
    [Fact]
    public void Takes_the_variables_that_the_command_line_of_a_Vault_knows()
    {
        using var tool = new TestTool();
        (tool.Environment["VAULT_ADDR"], tool.Environment["VAULT_TOKEN"]) = ("https://vault.example.com:8200", "hvs.one");
        (tool.Environment["VAULT_NAMESPACE"], tool.Environment["VAULT_CACERT"]) = ("team", "~/ca.pem");

        var options = Read(tool);

        Assert.Equal(("https://vault.example.com:8200/", "team", Path.Combine(tool.Home, "ca.pem")), (options.Address.AbsoluteUri, options.Namespace, options.CaFile));
        Assert.Equal(("secret", "linodetool/default", "hvs.one"), (options.Mount, options.Prefix, Assert.IsType<VaultToken>(options.Auth).Token.Reveal()));
    }

    [Fact]
    public void OpenBaos_own_variables_beat_their_twins_and_both_beat_a_profile()
    {
        using var tool = new TestTool();
        tool.Write(".config/linodetool/config.yaml", """
            profiles:
              work: { vault-address: "https://of-the-profile", vault-mount: kv, vault-prefix: teams/one, vault-hosts: "a:8200, b" }
            """);
        tool.Environment["LINODETOOL_PROFILE"] = "work";
        tool.Environment["VAULT_TOKEN"] = "hvs.one";
        Assert.Equal("https://of-the-profile/", Read(tool).Address.AbsoluteUri);

        tool.Environment["VAULT_ADDR"] = "https://vault";
        Assert.Equal("https://vault/", Read(tool).Address.AbsoluteUri);

        (tool.Environment["BAO_ADDR"], tool.Environment["BAO_TOKEN"]) = ("https://bao", "s.two");
        var options = Read(tool);
        Assert.Equal(("https://bao/", "kv", "teams/one"), (options.Address.AbsoluteUri, options.Mount, options.Prefix));
        Assert.Equal(["a:8200", "b"], options.Hosts);
        Assert.Equal("s.two", Assert.IsType<VaultToken>(options.Auth).Token.Reveal());
    }

    [Fact]
    public void Each_profile_and_the_emulator_have_secrets_of_their_own()
    {
        using var tool = new TestTool();
        tool.Write(".config/linodetool/config.yaml", "profiles: { work: { output: table } }\n");
        (tool.Environment["VAULT_ADDR"], tool.Environment["VAULT_TOKEN"]) = ("https://vault", "t");
        Assert.Equal("linodetool/default-emulator", Read(tool, emulator: true).Prefix);

        tool.Environment["LINODETOOL_PROFILE"] = "work";
        Assert.Equal("linodetool/work", Read(tool).Prefix);

        tool.Environment["LINODETOOL_VAULT_PREFIX"] = "mine";
        Assert.Equal(("mine", "mine-emulator"), (Read(tool).Prefix, Read(tool, emulator: true).Prefix));
    }

    [Theory]
    [InlineData("VAULT_SECRET_ID", false)]
    [InlineData("VAULT_WRAPPED_SECRET_ID", true)]
    public void Takes_a_role_where_there_is_no_token(string variable, bool wrapped)
    {
        using var tool = new TestTool();
        (tool.Environment["VAULT_ADDR"], tool.Environment["VAULT_ROLE_ID"], tool.Environment[variable]) = ("https://vault", "role", "secret");

        var role = Assert.IsType<VaultAppRole>(Read(tool).Auth);
        Assert.Equal(("role", "secret", wrapped), (role.RoleId.Reveal(), role.SecretId.Reveal(), role.IsWrapped));
    }

    [Theory]
    [InlineData(null, null, "LCT1525")]
    [InlineData("vault.example.com", "t", "LCT1526")]
    [InlineData("unix:///run/vault.sock", "t", "LCT1526")]
    [InlineData("https://vault", null, "LCT3006")]
    public void Says_what_is_missing(string? address, string? token, string code)
    {
        using var tool = new TestTool();
        tool.Environment["VAULT_ROLE_ID"] = "a role without its secret id";
        foreach (var (name, value) in new[] { ("VAULT_ADDR", address), ("VAULT_TOKEN", token) })
        {
            if (value is not null)
            {
                tool.Environment[name] = value;
            }
        }

        Assert.Equal(code, Assert.Throws<LinodeToolkitException>(() => Read(tool)).Problem.Code);
    }

    [Fact]
    public void A_project_file_may_not_say_which_Vault_gets_the_token()
    {
        using var tool = new TestTool();
        tool.Write(".linodetool.yaml", "vault-address: https://evil.example\n");

        Assert.Equal("LCT7513", Assert.Throws<LinodeToolkitException>(() => Read(tool)).Problem.Code);
    }

    private static VaultOptions Read(TestTool tool, bool emulator = false)
    {
        var tree = CommandTree.Build();
        return VaultSettings.Of(tool.Host, ToolSettings.Read(tool.Host, tree.Globals, Parsing.Parse(tree, ["version"])), emulator);
    }
}
