using System.Diagnostics;

namespace LinodeTool.Tests;

/// <summary>Encrypted secrets by the built program, in processes of its own.</summary>
public sealed class EncryptedSecretsTests : IDisposable
{
    private readonly TestTool tool = new();

    [Fact]
    public async Task The_passphrase_comes_from_the_environment_or_a_descriptor_and_is_in_no_file_and_no_output()
    {
        Assert.Equal(0, (await RunAsync("LINODETOOL_PASSPHRASE='open sesame' \"$0\" secret set my/own canary-value")).Code);
        Assert.Equal("canary-value\n", (await RunAsync(
            "printf 'open sesame\\n' | LINODETOOL_PASSPHRASE_FD=3 \"$0\" secret get my/own --reveal 3<&0 </dev/null")).Out);

        var wrong = await RunAsync("LCT_PASSPHRASE='shut sesame' \"$0\" secret get my/own --reveal");
        Assert.Contains("error LCT7212: ", wrong.Error);
        Assert.NotEqual(0, wrong.Code);
        Assert.Contains("error LCT3005: ", (await RunAsync("\"$0\" secret list </dev/null")).Error);
        Assert.Equal("", (await RunAsync("\"$0\" __complete -- secret get m </dev/null")).Error);

        Assert.All(Directory.EnumerateFiles(tool.Home, "*", SearchOption.AllDirectories), file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("sesame", text);
            Assert.DoesNotContain("canary-value", text);
        });
        Assert.DoesNotContain("sesame", wrong.Out + wrong.Error);
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async who =>
        {
            for (var number = 0; number < 4; number++)
            {
                var set = await RunAsync($"LINODETOOL_PASSPHRASE=both \"$0\" secret set from-{who}/{number} x");
                Assert.True(set.Code == 0, set.Error);
            }
        }));

        Assert.Equal(
            "from-0/0 from-0/1 from-0/2 from-0/3 from-1/0 from-1/1 from-1/2 from-1/3",
            (await RunAsync("LINODETOOL_PASSPHRASE=both \"$0\" secret list -o name")).Out.Trim().Replace('\n', ' '));
    }

    [Fact]
    public async Task A_process_killed_at_any_moment_leaves_what_was_written_before()
    {
        Assert.Equal(0, (await RunAsync("LINODETOOL_PASSPHRASE=both \"$0\" secret set kept old")).Code);
        for (var moment = 1; moment <= 6; moment++)
        {
            await RunAsync($"LINODETOOL_PASSPHRASE=both \"$0\" secret set new-{moment} x & sleep {moment * 0.25:0.00}; kill -9 $! 2>/dev/null; wait");
        }

        Assert.Equal("old\n", (await RunAsync("LINODETOOL_PASSPHRASE=both \"$0\" secret get kept --reveal")).Out);
        Assert.Equal(0, (await RunAsync("LINODETOOL_PASSPHRASE=both \"$0\" secret set kept new")).Code);
        Assert.Equal("new\n", (await RunAsync("LINODETOOL_PASSPHRASE=both \"$0\" secret get kept --reveal")).Out);
    }

    [Fact]
    public async Task Secrets_of_the_environment_are_read_and_not_written()
    {
        tool.Environment["LINODETOOL_SECRET_STORE"] = "environment";

        Assert.Equal("of the pipeline\n", (await RunAsync(
            "LINODETOOL_SECRET_DB_PASSWORD='of the pipeline' \"$0\" secret get db/password --reveal")).Out);
        Assert.Contains("error LCT7207: ", (await RunAsync("\"$0\" secret set db/password x")).Error);
    }

    public void Dispose() => tool.Dispose();

    private async Task<(int Code, string Out, string Error)> RunAsync(string script)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "linodetool");
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LINODETOOL_HOME"] = Path.Combine(tool.Home, "kept");
        start.Environment["LINODETOOL_SECRET_STORE"] = tool.Environment.GetValueOrDefault("LINODETOOL_SECRET_STORE", "encrypted");
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said, await complained);
    }
}
