namespace LinodeTool.Tests.Commands;

public sealed class SecretInputTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGq8BvY9Kc1Jt5nY0Zs4o3w1m5xkq2Yb6Zc8Lr0PtXyz ada@example.org";

    [Fact]
    public async Task A_private_key_is_refused_with_the_command_that_was_meant()
    {
        using var tool = new TestTool();
        tool.Write(".ssh/id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n");
        tool.Write(".ssh/id_rsa.pub", Key);

        Assert.Equal(2, await tool.RunAsync("secret", "set", "default-root-ssh-public-key", Path.Combine(tool.Home, ".ssh/id_rsa")));
        Assert.Contains("LCT1021: ~/.ssh/id_rsa is a private key; nothing was stored", tool.Error);
        Assert.Contains("linodetool secret set default-root-ssh-public-key ~/.ssh/id_rsa.pub", tool.Error);
    }

    [Theory]
    [InlineData("~/.ssh/key.pub")]
    [InlineData(".ssh/key.pub")]
    [InlineData(Key)]
    public async Task A_public_key_is_taken_from_text_or_file(string value)
    {
        using var tool = new TestTool();
        tool.Write(".ssh/key.pub", Key + "\n");

        Assert.Equal(0, await tool.RunAsync("secret", "set", "default-root-ssh-public-key", value));
        Assert.Equal(0, await tool.RunAsync("secret", "get", "default-root-ssh-public-key", "--reveal"));
        Assert.Equal(Key + "\n", tool.Out);
    }

    [Theory]
    [InlineData("~/nothing.pub")]
    [InlineData("ssh-ed25519 short")]
    [InlineData("")]
    public async Task Anything_else_is_no_public_key(string value)
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync("secret", "set", "default-root-ssh-public-key", value));
        Assert.Equal(0, await tool.RunAsync("secret", "list", "-o", "name"));
        Assert.Equal("", tool.Out);
    }

    [Fact]
    public async Task A_key_as_value_that_is_private_is_never_repeated()
    {
        using var tool = new TestTool { Input = "-----BEGIN RSA PRIVATE KEY-----\nMIIE-secret\n" };

        Assert.Equal(2, await tool.RunAsync("secret", "set", "default-root-ssh-public-key", "-"));
        Assert.DoesNotContain("MIIE-secret", tool.Error);
    }

    [Theory]
    [InlineData("LCT1527", "secret", "set", "x", "value", "--from-env", "HOME")]
    [InlineData("LCT1034", "secret", "set", "x", "-")]
    [InlineData("LCT1009", "secret", "set", "x", "--from-env", "NO_SUCH")]
    [InlineData("LCT1004", "secret", "set", "x")]
    public async Task A_value_comes_from_one_place_and_is_not_empty(string code, params string[] args)
    {
        using var tool = new TestTool { Input = "\n" };

        Assert.Equal(2, await tool.RunAsync(args));
        Assert.Contains(code, tool.Error);
    }

    [Fact]
    public async Task A_value_on_the_command_line_of_a_terminal_gets_one_warning_and_is_not_repeated()
    {
        using var tool = new TestTool { AtTerminal = true, Environment = { ["TERM"] = "dumb" } };

        await tool.RunAsync("secret", "set", "personal-token", "tok-123456");

        Assert.Single(tool.Error.Split('\n'), line => line.Contains("history"));
        Assert.DoesNotContain("tok-123456", tool.Error);
    }
}
