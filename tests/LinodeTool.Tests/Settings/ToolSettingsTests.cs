using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Settings;

namespace LinodeTool.Tests.Settings;

public sealed class ToolSettingsTests
{
    [Fact]
    public void Option_beats_environment_beats_project_beats_profile_beats_user_file()
    {
        using var tool = new TestTool();
        tool.Write(".config/linodetool/config.yaml", "output: name\nprofile: work\nprofiles:\n  work: { output: wide, parallelism: 8 }\n");
        Assert.Equal("wide", Read(tool).Text(Keys.Output));

        tool.Write(".linodetool.yaml", "output: yaml\n");
        Assert.Equal("yaml", Read(tool).Text(Keys.Output));

        tool.Environment["LINODETOOL_OUTPUT"] = "json";
        Assert.Equal("json", Read(tool).Text(Keys.Output));

        Assert.Equal("table", Read(tool, "-o", "table").Text(Keys.Output));
        Assert.Equal(8, Read(tool).Whole(Keys.Parallelism, 1));
        Assert.Equal("work", Read(tool).Profile);
    }

    [Theory]
    [InlineData("api-url: https://evil.example")]
    [InlineData("profile: other")]
    [InlineData("token: abc")]
    [InlineData("certificate-authority: ca.pem")]
    public void A_project_file_may_not_say_where_calls_go_or_whose_token_they_carry(string line)
    {
        using var tool = new TestTool();
        tool.Write(".linodetool.yaml", line + "\n");

        var problem = Assert.Throws<LinodeToolkitException>(() => Read(tool)).Problem;

        Assert.Equal(("LCT7513", 1), (problem.Code, problem.Position?.Line));
    }

    [Fact]
    public void A_secret_itself_is_refused_in_a_configuration_file_and_not_repeated()
    {
        using var tool = new TestTool();
        tool.Write(".config/linodetool/config.yaml", "profiles: { default: { token: secret:my/token } }\n");
        Assert.Equal("my/token", Read(tool).Secret(Keys.Token)?.Name);

        tool.Write(".config/linodetool/config.yaml", "token: 0123456789abcdef\n");
        var problem = Assert.Throws<LinodeToolkitException>(() => Read(tool).Secret(Keys.Token)).Problem;

        Assert.Equal("LCT7516", problem.Code);
        Assert.DoesNotContain("0123456789abcdef", problem.ToString());
    }

    [Theory]
    [InlineData("ouput: json", "LCT7512", "did you mean \"output\"?")]
    [InlineData("output: [json]", "LCT7511", "one \"key: value\" a line")]
    [InlineData("{{{{{{{{", "LCT7511", "key: value")]
    [InlineData("- output", "LCT7511", "key: value")]
    [InlineData("profiles: { a: { profiles: { b: {} } } }", "LCT7512", "keys:")]
    public void A_configuration_file_that_is_wrong_is_refused_with_its_place(string text, string code, string hint)
    {
        using var tool = new TestTool();
        tool.Write(".config/linodetool/config.yaml", text + "\n");

        var problem = Assert.Throws<LinodeToolkitException>(() => Read(tool)).Problem;

        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Position);
        Assert.Contains(problem.Fixes, fix => fix.Contains(hint));
    }

    [Fact]
    public void An_unknown_profile_names_those_there_are()
    {
        using var tool = new TestTool();
        tool.Write(".config/linodetool/config.yaml", "profiles:\n  work: { output: wide }\n");

        Assert.Equal(["one of: work"], Assert.Throws<LinodeToolkitException>(() => Read(tool, "--profile", "wrok")).Problem.Fixes);
    }

    [Fact]
    public void One_folder_can_hold_everything_and_profiles_and_the_emulator_keep_apart()
    {
        using var tool = new TestTool { Environment = { ["LINODETOOL_HOME"] = "/h" } };

        var folders = Folders.Of(tool.Host);

        Assert.Equal(new Folders("/h/config.yaml", "/h/data", "/h/state", "/h/cache"), folders);
        Assert.Equal("/h/data/profiles/work", folders.ForProfile("work").Data);
        Assert.StartsWith("/h/data/emulator/", folders.ForEmulator().Data);
    }

    [Theory]
    [InlineData("https://api.linode.com/v4", "https://api.linode.com/")]
    [InlineData("https://api.linode.com/v4beta/", "https://api.linode.com/")]
    [InlineData("api.example.com", "https://api.example.com/")]
    [InlineData("http://127.0.0.1:4010", "http://127.0.0.1:4010/")]
    [InlineData("http://localhost:80/x/v4", "http://localhost/x/")]
    public void An_address_loses_its_version(string text, string url) => Assert.Equal(url, ApiAddress.Parse(text, "").ToString());

    [Theory]
    [InlineData("http://api.linode.com", "LCT1522")]
    [InlineData("ftp://api.linode.com", "LCT1523")]
    [InlineData("https://", "LCT1523")]
    public void An_address_where_the_token_would_travel_in_the_open_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<LinodeToolkitException>(() => ApiAddress.Parse(text, "")).Problem.Code);

    [Fact]
    public void The_address_is_taken_from_our_variable_then_the_go_librarys_then_linode_clis()
    {
        using var tool = new TestTool { Environment = { ["LINODE_CLI_API_HOST"] = "cli:1", ["LINODE_CLI_API_SCHEME"] = "http" } };
        Assert.Equal("http://cli:1", ApiAddress.FromEnvironment(tool.Host));

        tool.Environment["LINODE_URL"] = "https://go";
        Assert.Equal("https://go", ApiAddress.FromEnvironment(tool.Host));

        tool.Environment["LINODETOOL_API_URL"] = "https://ours";
        Assert.Equal("https://ours", ApiAddress.FromEnvironment(tool.Host));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172800)]
    public void Times_carry_units(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse("--since", text));

    [Theory]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("0s")]
    [InlineData("1y")]
    [InlineData("-1m")]
    [InlineData("99999999999s")]
    public void A_time_without_sense_is_refused(string text) =>
        Assert.Equal("LCT1009", Assert.Throws<LinodeToolkitException>(() => Durations.Parse("--since", text)).Problem.Code);

    private static ToolSettings Read(TestTool tool, params string[] options)
    {
        var root = CommandTree.Build();
        return ToolSettings.Read(tool.Host, root.Globals, Parsing.Parse(root, ["cluster", "list", .. options]));
    }
}
