using System.Diagnostics;
using System.Text;

namespace EndToEnd.Tests.Machines;

/// <summary>Another's program, run to its end.</summary>
internal static class Program
{
    // Only what hangs meets it: Lynis alone takes a minute of a machine's processor, and four tests share two of them.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"])
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static Task<Finished> RunAsync(string program, params string[] arguments) => FeedAsync("", program, arguments);

    /// <summary>The same, with something to read.</summary>
    public static async Task<Finished> FeedAsync(string input, string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo(Find(program) ?? program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment.Remove("SSH_AUTH_SOCK");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all; its exit code says more.
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end");
        }

        return new Finished(process.ExitCode, await output, await error, TimeSpan.Zero, clock.Elapsed);
    }
}
