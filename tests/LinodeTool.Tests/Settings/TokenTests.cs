using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeTool.Settings;

namespace LinodeTool.Tests.Settings;

public sealed class TokenTests
{
    private const string CliConfig = """
        [DEFAULT]
        default-user = ada

        [ada]
        token = from-cli
        region = us-east
        type = g6-standard-1
        image = linode/debian12
        """;

    [Fact]
    public void The_nearest_place_with_a_token_wins()
    {
        using var tool = new TestTool();
        tool.Environment["LINODE_CONFIG"] = tool.Write("go.ini", "[default]\ntoken = from-go\n");
        Assert.Equal(("from-go", "LINODE_CONFIG"), Find(tool));

        var cli = tool.Write(".config/linode-cli", CliConfig);
        Assert.Equal(("from-cli", $"linode-cli's config {cli}"), Find(tool));

        Assert.Equal(("from-store", "secret personal-token (profile default)"), Find(tool, "personal-token"));

        foreach (var name in new[] { "LINODE_CLI_TOKEN", "LINODE_TOKEN", "LINODETOOL_TOKEN" })
        {
            tool.Environment[name] = $"from-{name}\n";
            Assert.Equal(($"from-{name}", name), Find(tool, "personal-token"));
        }
    }

    [Fact]
    public void A_configuration_names_a_secret_and_is_never_one()
    {
        using var tool = new TestTool();
        var named = new TokenFinder(
            tool.Host, "work", SecretReference.To("my/token"), name => name is "my/token" or "personal-token" ? new(name) : null, TokenPlaces.V4);
        Assert.Equal(("my/token", "secret my/token (profile work)"), (named.Find().Token.Reveal(), named.Find().Source));

        var missing = new TokenFinder(
            tool.Host, "work", SecretReference.To("my/token"), name => name is "personal-token" ? new(name) : null, TokenPlaces.V4);
        Assert.Equal("LCT3009", Assert.Throws<LinodeToolkitException>(missing.Find).Problem.Code);
        tool.Environment["LINODE_TOKEN"] = "nearer";
        Assert.Equal("nearer", missing.Find().Token.Reveal());
    }

    [Theory]
    [InlineData("LINODETOOL_API_KEY")]
    [InlineData("LINODE_API_KEY")]
    public void A_key_of_version_3_is_looked_for_where_keys_are(string variable)
    {
        using var tool = new TestTool { Environment = { ["LINODE_TOKEN"] = "a-token" } };
        var stored = new TokenFinder(tool.Host, "work", null, name => new(name), TokenPlaces.V3);
        Assert.Equal(("api-key", "secret api-key (profile work)"), (stored.Find().Token.Reveal(), stored.Find().Source));
        tool.Environment[variable] = "a-key";
        Assert.Equal("a-key", new TokenFinder(tool.Host, "work", null, name => new(name), TokenPlaces.V3).Find().Token.Reveal());
        tool.Environment.Remove(variable);
        var none = Assert.Throws<LinodeToolkitException>(new TokenFinder(tool.Host, "work", null, _ => null, TokenPlaces.V3).Find).Problem;
        Assert.Contains("api-key", none.Fix![0]);
        Assert.DoesNotContain("linode-cli", none.Why!);
    }

    [Fact]
    public void Where_there_is_none_all_places_are_named()
    {
        using var tool = new TestTool();

        var problem = Assert.Throws<LinodeToolkitException>(() => Find(tool)).Problem;

        Assert.Equal("LCT3001", problem.Code);
        Assert.Equal(ExitCode.NoAccess, ExitCodes.For(problem));
        Assert.StartsWith("looked at LINODETOOL_TOKEN, LINODE_TOKEN, LINODE_CLI_TOKEN, the secret store, linode-cli's config", problem.Why);
    }

    [Fact]
    public void A_config_of_linode_cli_gives_defaults_of_its_default_user()
    {
        using var tool = new TestTool();
        tool.Environment["LINODE_CLI_CONFIG"] = tool.Write("cli", CliConfig);

        var config = LinodeCliConfig.Read(tool.Host);

        Assert.Equal(("us-east", "g6-standard-1", "linode/debian12"), (config.Region, config.Type, config.Image));
        Assert.Equal("***", config.Token?.ToString());
    }

    [Fact]
    public void The_old_place_of_linode_cli_is_used_only_if_it_is_there()
    {
        using var tool = new TestTool();
        Assert.Equal(Path.Combine(tool.Home, ".config", "linode-cli"), LinodeCliConfig.PathOf(tool.Host));

        tool.Write(".linode-cli", CliConfig);
        Assert.Equal(Path.Combine(tool.Home, ".linode-cli"), LinodeCliConfig.PathOf(tool.Host));
    }

    [Fact]
    public void A_token_file_that_others_can_read_is_refused()
    {
        using var tool = new TestTool();
        tool.Write(".linode-cli", CliConfig, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var problem = Assert.Throws<LinodeToolkitException>(() => LinodeCliConfig.Read(tool.Host)).Problem;

        Assert.Equal("LCT7514", problem.Code);
        Assert.StartsWith("chmod 600 ", problem.Fixes[0]);
    }

    private static (string, string) Find(TestTool tool, string? secret = null)
    {
        var found = new TokenFinder(tool.Host, "default", null, name => name == secret ? new Sensitive("from-store") : null, TokenPlaces.V4).Find();
        return (found.Token.Reveal(), found.Source);
    }
}
