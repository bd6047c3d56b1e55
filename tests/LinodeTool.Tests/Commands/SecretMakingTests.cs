using System.Text.Json.Nodes;

namespace LinodeTool.Tests.Commands;

/// <summary>Secrets that nobody has to think up, and whether any stands where it must not.</summary>
public sealed class SecretMakingTests
{
    [Fact]
    public async Task A_password_is_made_stored_and_shown_to_nobody()
    {
        using var tool = new TestTool();

        Assert.Equal(0, await tool.RunAsync("secret", "generate", "web/database", "--length", "40"));
        Assert.Equal("", tool.Out);

        Assert.Equal(0, await tool.RunAsync("secret", "get", "web/database", "--reveal"));
        Assert.Equal(40, tool.Out.Trim().Length);
        Assert.DoesNotContain(tool.Out.Trim(), tool.Error);
    }

    [Fact]
    public async Task What_is_there_is_kept_unless_it_is_to_be_replaced()
    {
        using var tool = new TestTool { Input = "of-old\n" };
        Assert.Equal(0, await tool.RunAsync("secret", "set", "mine", "-"));

        Assert.Equal(5, await tool.RunAsync("secret", "generate", "mine"));
        Assert.Contains("LCT4531", tool.Error);
        Assert.Equal(0, await tool.RunAsync("secret", "get", "mine", "--reveal"));
        Assert.Equal("of-old\n", tool.Out);

        Assert.Equal(0, await tool.RunAsync("secret", "generate", "mine", "--replace"));
        Assert.Equal(0, await tool.RunAsync("secret", "get", "mine", "--reveal"));
        Assert.DoesNotContain("of-old\nof-old", tool.Out);
        Assert.Equal(32, tool.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Length);
    }

    [Fact]
    public async Task Of_a_key_the_public_half_is_printed()
    {
        using var tool = new TestTool();

        Assert.Equal(0, await tool.RunAsync("secret", "generate", "deploy", "--kind", "ssh-key", "-o", "json"));

        var made = JsonNode.Parse(tool.Out)!;
        Assert.StartsWith("ssh-ed25519 AAAA", (string)made["public_key"]!);
        Assert.Equal(["deploy"], NamesIn(tool));
    }

    [Theory]
    [InlineData("LCT1533", "personal-token")]
    [InlineData("LCT1533", "default-root-ssh-public-key")]
    [InlineData("--length", "a", "--length", "21")]
    [InlineData("--kind", "a", "--kind", "rsa")]
    [InlineData("--length", "a", "--kind", "ssh-key", "--length", "32")]
    public async Task What_cannot_be_made_is_refused_and_nothing_stored(string said, params string[] words)
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync(["secret", "generate", .. words]));

        Assert.Contains(said, tool.Error);
        Assert.Empty(NamesIn(tool));
    }

    [Fact]
    public async Task An_audit_names_where_a_secret_stands_and_is_silent_where_none_does()
    {
        using var tool = new TestTool { Input = "known-to-nobody\n" };
        Assert.Equal(0, await tool.RunAsync("secret", "set", "mine", "-"));
        Assert.Equal(0, await tool.RunAsync("secret", "audit", "-o", "name"));
        Assert.Contains("looked for 1 secret in", tool.Error);

        var log = tool.Write("deploy.log", "connecting with known-to-nobody\n");

        Assert.Equal(12, await tool.RunAsync("secret", "audit", log, "-o", "json"));
        var trace = Assert.Single(JsonNode.Parse(tool.Out)!.AsArray());
        Assert.Equal(("mine", log, 16L), ((string)trace!["secret"]!, (string)trace["place"]!, (long)trace["at"]!));
        Assert.Contains("LCT7546", tool.Error);
        Assert.DoesNotContain("known-to-nobody", tool.Out + tool.Error);
    }

    private static string[] NamesIn(TestTool tool)
    {
        var folder = Path.Combine(tool.Home, ".local/share/linodetool/secrets");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith('~'))]
            : [];
    }
}
