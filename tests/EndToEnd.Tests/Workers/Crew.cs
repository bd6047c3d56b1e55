using System.Globalization;

namespace EndToEnd.Tests.Workers;

/// <summary>The workers: processes of the real program, which come and go.</summary>
internal sealed class Crew(Desk desk) : IAsyncDisposable
{
    private readonly List<(string Name, Running Process)> up = [];
    private readonly List<(string Name, Task<Finished> End)> gone = [];
    private int hired;

    public int Count => up.Count;

    /// <summary>How many were killed.</summary>
    public int Killed { get; private set; }

    /// <summary>Starts as many more.</summary>
    public void Hire(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"worker-{++hired}");
            up.Add((name, desk.Start("worker", "start", "--name", name)));
        }
    }

    /// <summary>Kills one of them as nobody could prevent; another takes its place.</summary>
    public async Task KillAsync(Random chance)
    {
        var at = chance.Next(up.Count);
        var (name, process) = up[at];
        up.RemoveAt(at);
        await process.SignalAsync("KILL");
        var ended = await process.EndAsync();
        process.Dispose();
        gone.Add((name, Task.FromResult(ended)));
        Assert.True(ended.Code == 137, $"{name} was not at work when it was to be killed: it ended with {ended.Code}\n{ended.Error}");
        Killed++;
        Hire(1);
    }

    /// <summary>Tells all to end what they have begun, and waits for it.</summary>
    public async Task DrainAsync()
    {
        foreach (var (name, process) in up)
        {
            await process.SignalAsync("TERM");
            gone.Add((name, process.EndAsync()));
        }

        up.Clear();
        await Task.WhenAll(gone.Select(one => one.End));
    }

    /// <summary>Ends all who are up, and writes down what each said; for who looks for a fault.</summary>
    public async Task WriteAsync(string folder)
    {
        foreach (var (name, process) in up)
        {
            await process.SignalAsync("KILL");
            gone.Add((name, process.EndAsync()));
        }

        up.Clear();
        foreach (var (name, end) in gone)
        {
            var ended = await end;
            await File.WriteAllTextAsync(Path.Combine(folder, name + ".txt"), $"ended with {ended.Code}\n{ended.Out}\n---\n{ended.Error}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in up)
        {
            await process.SignalAsync("KILL");
            await process.EndAsync();
            process.Dispose();
        }

        up.Clear();
    }
}
