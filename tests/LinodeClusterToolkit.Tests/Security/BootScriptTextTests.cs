using System.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

/// <summary>The script that runs at the first boot, as text and in a real shell.</summary>
public sealed class BootScriptTextTests
{
    [Fact]
    public void What_closes_a_node_comes_before_what_a_plan_brings()
    {
        var text = BootScriptText.Of(closes: true, "#!/bin/bash\n# <UDF name=\"site\" label=\"\" />\nsource <ssinclude StackScriptID=\"1\">\n");

        Assert.StartsWith("#!/bin/sh\n", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("LCT_HARDEN\" | base64 -d | sh", StringComparison.Ordinal) < text.IndexOf("#!/bin/bash", StringComparison.Ordinal));
        Assert.Contains("\n# <UDF name=\"site\" label=\"\" />\nsource <ssinclude StackScriptID=\"1\">\nLCT_END", text, StringComparison.Ordinal);
        Assert.Equal(ShellScript.Source("Security", "firstboot"), BootScriptText.Of(closes: true, null));
    }

    [Theory]
    [InlineData("#!/bin/sh\necho \"$GREETING, it's \\$1 `echo me`\"\nexit 3", "hello, it's $1 me")]
    [InlineData("#!/bin/sh\r\necho \"$GREETING\"\r\nexit 3\r\n", "hello")]
    [InlineData("#!/bin/sh\ncat <<'LCT_END_OF_SCRIPT'\n$GREETING\nLCT_END_OF_SCRIPT\nexit 3\n", "$GREETING")]
    [InlineData("#!/bin/bash\n[[ $GREETING == hello ]] && echo ${LCT_HOST_KEY-gone}\nexit 3\n", "gone")]
    public void It_runs_as_it_was_written_and_its_end_is_written_down(string brought, string said)
    {
        using var folder = new TempFolder();
        var place = Path.Combine(folder.Path, "stackscript");
        var script = BootScriptText.Of(closes: false, brought).Replace("/var/lib/lct", folder.Path, StringComparison.Ordinal);

        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { Environment = { ["GREETING"] = "hello", ["LCT_HOST_KEY"] = "key" } })!;
        shell.WaitForExit();

        var log = File.ReadAllText($"{place}.log");
        Assert.Contains(said, log, StringComparison.Ordinal);
        Assert.False(File.Exists(place));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode($"{place}.log"));
        }

        var code = File.ReadAllText($"{place}.code").Trim();
        Assert.Equal(code, $"{shell.ExitCode}");
        Assert.Equal("3", code);
    }
}
