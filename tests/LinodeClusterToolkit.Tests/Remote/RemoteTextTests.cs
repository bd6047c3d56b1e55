using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Tests.Remote;

public sealed class RemoteTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("two\nlines\tof it", "two\nlines\tof it")]
    [InlineData("\u001b[31mred\u001b[0m\a", "\\u001b[31mred\\u001b[0m\\u0007")]
    [InlineData("over\rwritten", "over\\u000dwritten")]
    [InlineData("turned \u202e\u2066round", "turned \\u202e\\u2066round")]
    [InlineData("c1 \u009b2J del \u007f", "c1 \\u009b2J del \\u007f")]
    [InlineData("Grüße 😀", "Grüße 😀")]
    public void Control_characters_are_written_out(string text, string shown) => Assert.Equal(shown, RemoteText.Printable(text));

    [Fact]
    public void The_last_lines_are_those_that_say_something()
    {
        Assert.Equal(["three", "four"], RemoteText.LastLines("one\ntwo\n\n  three\r\n\nfour\n\n", most: 2));
        Assert.Equal([], RemoteText.LastLines(" \n\n"));
        Assert.Equal(300, RemoteText.LastLines(new string('x', 5000))[0].Length);
    }

    [Fact]
    public void A_command_that_failed_is_told_with_node_code_and_last_lines()
    {
        var host = new RemoteHost("web-1", "192.0.2.1", "root") { Alias = "1", KnownHosts = "/nowhere" };
        var command = new ShellCommand("apt-get", "install", "nginx") { Title = "install nginx" };
        var good = new RemoteResult(0, "", "", TimeSpan.Zero);

        var bad = new RemoteResult(100, "Reading\n", "E: one\nE: \u001btwo\n", TimeSpan.Zero);
        var failed = Assert.Throws<RemoteException>(() => bad.OrThrow(host, command));

        Assert.Same(good, good.OrThrow(host, command));
        Assert.Equal((RemoteStage.Command, "LCT6217"), (failed.Stage, failed.Problem.Code));
        Assert.Equal("'install nginx' on web-1 ended with exit code 100", failed.Problem.What);
        Assert.Equal("E: one | E: \\u001btwo", failed.Problem.Why);
    }
}
