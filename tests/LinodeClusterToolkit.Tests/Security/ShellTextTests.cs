using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

/// <summary>Held against the shell itself: what goes in between quotes comes out as it was.</summary>
public sealed class ShellTextTests
{
    public static TheoryData<string> Hostile =>
    [
        "", "plain", "two words", "it's", "'; rm -rf / #", "$(touch /tmp/owned)", "`id`", "a\nb\n", "\\", "\\'", "\"", "*", "~", "-n", "ünïcode 💥", "\t\r", "$HOME", "!!",
        "a'b'c''", "\u001b[31m",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_shell_reads_a_quoted_value_as_it_was(string value) => Assert.Equal(value, Sh($"printf '%s.' {ShellText.Quote(value)}")[..^1]);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Words_stay_the_words_they_were(string value) =>
        Assert.Equal($"[{value}][second]", Sh($"printf '[%s]' {ShellText.Join([value, "second"])}"));

    [Fact]
    public void A_nul_is_refused() =>
        Assert.Equal("LCT1037", Assert.Throws<LinodeToolkitException>(() => ShellText.Quote("a\0b")).Problem.Code);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Data_of_a_script_is_never_read_as_code(string value)
    {
        var script = ShellScript.Of("Configuration", "names").With("value", value).Call("printf", "{%s}", value).ToString();
        var alone = script.Replace(Between(script, "put /etc/hosts", "\n"), "", StringComparison.Ordinal);

        Assert.StartsWith($"{{{value}}}", Sh(alone), StringComparison.Ordinal);
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal);
        return text[start..(text.IndexOf(to, start, StringComparison.Ordinal) + 1)];
    }

    private static string Sh(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        return shell.StandardOutput.ReadToEnd();
    }
}
