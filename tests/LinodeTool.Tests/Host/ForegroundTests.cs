using System.Diagnostics;
using LinodeTool.Host;

namespace LinodeTool.Tests.Host;

public sealed class ForegroundTests
{
    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -KILL $$", 137)]
    public async Task The_exit_code_is_the_programs_own(string script, int code) =>
        Assert.Equal(code, await Foreground.RunAsync(new ProcessStartInfo("/bin/sh", ["-c", script]), default));

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_sent_to_us_goes_on_to_the_program_and_we_wait_for_what_it_makes_of_it(string signal) =>
        Assert.Equal(3, await Foreground.RunAsync(
            new ProcessStartInfo("/bin/sh", ["-c", $"trap 'exit 3' {signal}; kill -{signal} $PPID; while :; do sleep 0.1; done"]), default));
}
