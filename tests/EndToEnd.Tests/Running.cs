using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EndToEnd.Tests;

/// <summary>A program at work; ended with the test, whatever happens.</summary>
internal sealed class Running : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // of a test that would hang otherwise; eighty hosts take two
    private readonly Process process;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Task<string> output;
    private readonly Task<string> error;
    private readonly List<(string Text, TaskCompletionSource Seen)> awaited = [];
    private readonly StringBuilder said = new();
    private long firstByte;

    private readonly Action<string, string>? heard;
    private readonly string name;

    /// <param name="start">The program.</param>
    /// <param name="heard">Gets all that it said on each stream, with what it was called, once it has ended.</param>
    public Running(ProcessStartInfo start, Action<string, string>? heard = null)
    {
        (this.heard, name) = (heard, $"{Path.GetFileName(start.FileName)} {string.Join(' ', start.ArgumentList)}");
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(false);
        process = Process.Start(start)!;
        process.StandardInput.Close();
        output = ReadAsync(process.StandardOutput, watched: false);
        error = ReadAsync(process.StandardError, watched: true);
    }

    /// <summary>Ends when the program has said this on standard error; fails if it ended without.</summary>
    public async Task SaidAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (awaited)
        {
            awaited.Add((text, seen));
            Notice();
        }

        await Task.WhenAny(seen.Task, error, Task.Delay(Patience));
        Assert.True(seen.Task.IsCompletedSuccessfully, $"never said \"{text}\":\n{said}");
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<Finished> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"it has not ended after {Patience}; it said:\n{said}");
        }

        var elapsed = clock.Elapsed;
        var finished = new Finished(process.ExitCode, await output, await error, TimeSpan.FromTicks(firstByte), elapsed);
        heard?.Invoke($"standard output of {name}", finished.Out);
        heard?.Invoke($"standard error of {name}", finished.Error);
        return finished;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task<string> ReadAsync(StreamReader stream, bool watched)
    {
        var (all, buffer) = (new StringBuilder(), new char[4096]);
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            Interlocked.CompareExchange(ref firstByte, clock.Elapsed.Ticks, 0);
            all.Append(buffer, 0, count);
            if (watched)
            {
                lock (awaited)
                {
                    said.Append(buffer, 0, count);
                    Notice();
                }
            }
        }

        return all.ToString();
    }

    private void Notice()
    {
        var text = said.ToString();
        awaited.Where(one => text.Contains(one.Text, StringComparison.Ordinal)).ToList().ForEach(one => one.Seen.TrySetResult());
    }
}
