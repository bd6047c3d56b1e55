using System.Diagnostics;
using LinodeTool.Host;

namespace LinodeTool.Tests;

/// <summary>The built program as a process of its own, as scripts see it.</summary>
public sealed class BinaryTests
{
    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "version")]
    [InlineData(0, "completion bash")]
    [InlineData(2, "clustr")]
    [InlineData(2, "node create newark ‘1gb’ ‘ubuntu 16.04 lts’")]
    [InlineData(5, "emulator reset --yes")]
    [InlineData(9, "emulator reset")]
    [InlineData(12, "plan validate no-such-file")]
    public async Task Exit_codes_are_kept_and_no_escape_byte_reaches_a_pipe(int code, string line)
    {
        foreach (var terminal in new[] { "xterm-256color", "dumb" })
        {
            var result = await RunAsync(line.Split(' '), ("TERM", terminal));

            Assert.Equal(code, result.Code);
            Assert.DoesNotContain('\u001b', result.Out + result.Error);
            Assert.Equal(code == 0, result.Out.Length > 0);
        }
    }

    [Fact]
    public async Task A_german_machine_gets_english()
    {
        var german = await RunAsync(["cluster", "create"], ("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8"));
        var english = await RunAsync(["cluster", "create"], ("LANG", "C"));

        Assert.Equal(english.Error, german.Error);
        Assert.Contains("NAME is missing", german.Error);
    }

    [Fact]
    public async Task A_closed_pipe_ends_quietly_with_0()
    {
        using var process = Start("/bin/sh", ["-c", "{ \"$0\" help options; echo $? >&2; } | true", Program]);

        Assert.Equal("0\n", await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task A_link_named_like_a_command_does_no_harm()
    {
        using var tool = new TestTool();
        var link = Path.Combine(tool.Home, "cluster");
        File.CreateSymbolicLink(link, Program);
        using var process = Start(link, ["cluster", "--help"]);

        Assert.StartsWith("linodetool cluster:", await process.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData("INT", 130, 0)]
    [InlineData("TERM", 143, 0)]
    [InlineData("INT", 130, 1000)]
    public async Task A_signal_ends_a_wait_with_its_own_code_and_leaves_nothing_running(string signal, int code, int later)
    {
        using var tool = new TestTool();
        var begun = Path.Combine(tool.Home, "begun");
        var emulator = tool.Write("emulator.sh", $"#!/bin/sh\necho $$ >{begun}.new; mv {begun}.new {begun}; exec sleep 60\n",
            (UnixFileMode)0b111_000_000);
        using var process = Start(Program, ["emulator", "start"], ("LINODETOOL_EMULATOR", emulator), ("LINODETOOL_HOME", tool.Home));
        while (!File.Exists(begun))
        {
            await Task.Delay(10);
        }

        await Task.Delay(later);
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.Equal(code, process.ExitCode);
        Assert.Contains("interrupted", await process.StandardError.ReadToEndAsync());
        var child = int.Parse(File.ReadAllText(begun), System.Globalization.CultureInfo.InvariantCulture);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Processes.IsAlive(child))
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "linodetool");

    private static async Task<(int Code, string Out, string Error)> RunAsync(string[] args, params (string Name, string Value)[] environment)
    {
        using var tool = new TestTool();
        using var process = Start(Program, args, [.. environment, ("LINODETOOL_HOME", tool.Home)]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(string program, string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(
            Path.TrimEndingDirectorySeparator(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory()))));
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
