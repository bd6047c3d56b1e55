using System.Diagnostics;
using System.Threading.Channels;

namespace Properties.Tests;

/// <summary>Plays cases in processes of this very program, as many at once as there are processors.</summary>
public sealed class Workers : IAsyncDisposable
{
    /// <summary>Far more than any case takes; what takes longer hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Channel<Process?> idle = Channel.CreateUnbounded<Process?>();
    private readonly string[] arguments;

    public Workers()
        : this("play")
    {
    }

    internal Workers(params string[] arguments)
    {
        this.arguments = arguments;
        for (var number = 0; number < Environment.ProcessorCount; number++)
        {
            idle.Writer.TryWrite(null);
        }
    }

    /// <summary>Everything a worker prints that is asked for nothing but that.</summary>
    internal static async Task<string> AskAsync(params string[] question)
    {
        using var worker = Start(question);
        worker.StandardInput.Close();
        return await worker.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Plays one case, which is a line of text, as soon as a worker is free.</summary>
    internal async Task<Verdict> PlayAsync(string line)
    {
        var worker = await idle.Reader.ReadAsync() ?? Start(arguments);
        try
        {
            await worker.StandardInput.WriteLineAsync(line);
            if (await worker.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } verdict)
            {
                idle.Writer.TryWrite(worker);
                return Verdict.Parse(verdict);
            }

            return Lost(worker, "the worker ended");
        }
        catch (Exception thrown) when (thrown is IOException or TimeoutException)
        {
            return Lost(worker, $"no verdict: {thrown.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (idle.Reader.TryRead(out var worker))
        {
            if (worker is not null)
            {
                worker.StandardInput.Close();
                await worker.WaitForExitAsync();
                worker.Dispose();
            }
        }
    }

    private Verdict Lost(Process worker, string why)
    {
        if (!worker.HasExited)
        {
            worker.Kill();
        }

        worker.Dispose();
        idle.Writer.TryWrite(null);
        return new Verdict([why], 0, 0);
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };

        // A run makes two hundred megabytes of garbage, most of it large, and a worker lives for hundreds of runs: so little is collected,
        // and code is compiled once, not three times.
        start.Environment["DOTNET_GCgen0size"] = "0x20000000";
        start.Environment["DOTNET_GCLOHThreshold"] = "0x2000000";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}
