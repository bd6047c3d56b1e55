using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Emulators;

namespace LinodeTool.Tests.Emulators;

public sealed class LocalEmulatorTests
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task Without_the_program_it_says_where_it_looked()
    {
        using var tool = new TestTool();

        Assert.Equal(12, await tool.RunAsync("emulator", "start"));
        Assert.Contains("LCT7530", tool.Error);
        Assert.Contains(Path.Combine(tool.Home, "program", "emulator"), tool.Error);
    }

    [Fact]
    public async Task A_program_that_dies_is_reported_with_its_last_words()
    {
        using var tool = new TestTool();
        tool.Environment["LINODETOOL_EMULATOR"] = tool.Write("emulator.sh", "#!/bin/sh\necho 'address already in use' >&2\nexit 1\n", Executable);
        using var emulator = new LocalEmulator(tool.Host, Path.Combine(tool.Home, "emulator"), _ => { });

        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => emulator.EnsureAsync(new EmulatorOptions(),
            CancellationToken.None))).Problem;

        Assert.Equal(("LCT7531", "address already in use"), (problem.Code, problem.Why));
    }

    [Fact]
    public async Task A_record_of_a_process_that_is_gone_counts_as_not_running()
    {
        using var tool = new TestTool();
        var home = Path.Combine(tool.Home, "emulator");
        Directory.CreateDirectory(home);
        new EmulatorRecord("http://127.0.0.1:1/", int.MaxValue, "t", DateTimeOffset.UnixEpoch).Write(Path.Combine(home, "emulator.json"));
        using var emulator = new LocalEmulator(tool.Host, home, _ => { });

        Assert.False((await emulator.LookAsync(CancellationToken.None)).Running);
        Assert.False(await emulator.StopAsync(CancellationToken.None));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(home, "emulator.json")));
    }

    [Fact]
    public void It_is_started_with_short_delays_both_catalogues_and_its_state_on_disk() =>
        Assert.Equal(
            ["--port", "0", "--latency", "fast", "--hosts", "auto", "--catalogue", "both", "--state", "/s", "--fault", "quota=5"],
            new EmulatorOptions { Faults = ["quota=5"] }.Arguments("/s"));

    [Fact]
    public void A_customer_works_in_the_account_of_the_same_name_where_there_is_one()
    {
        var options = new EmulatorOptions { Accounts = ["acme", "globex=a-token"] };
        Assert.Equal(["--account", "acme", "--account", "globex=a-token"], options.Arguments("/s").TakeLast(4));
        var record = new EmulatorRecord("http://127.0.0.1:1/", 1, "usual", DateTimeOffset.UnixEpoch) { Accounts = options.Tokens };
        Assert.Equal(["acme", "a-token", "acme"], new[] { "acme", "globex", "initech" }.Select(record.TokenOf));
        Assert.Equal("usual", (record with { Accounts = null }).TokenOf("acme"));
    }
}
