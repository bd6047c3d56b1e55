using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Takes a while for each command on a clock that jumps, remembers when it began and ended, and fails where a test says so.</summary>
internal sealed class TellingShell(TimeProvider time, int seed) : IRemoteShell
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private readonly List<Told> told = [];
    private int moment;

    /// <summary>How often a command of that title still fails on that node; the title's beginning is enough.</summary>
    public List<(string Node, string Title, int Times)> Failing { get; } = [];

    public string Name => "telling";

    // As with records: what is told of a node's inside is not believed.
    public bool IsReal => false;

    public IReadOnlyList<Told> All
    {
        get
        {
            lock (gate)
            {
                return [.. told];
            }
        }
    }

    /// <summary>What ran, as <c>node title</c>, in the order of beginning.</summary>
    public IEnumerable<string> Actions => All.Where(one => one.Title.Contains("shell:", StringComparison.Ordinal)).Select(one => $"{one.Node} {one.Title}");

    public Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation) => Task.CompletedTask;

    public async Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation)
    {
        var title = command.Title ?? "";
        TimeSpan lasts;
        int began;
        lock (gate)
        {
            (began, lasts) = (moment++, TimeSpan.FromMilliseconds(random.Next(10, 4000)));
        }

        await Task.Delay(lasts, time, cancellation);
        lock (gate)
        {
            told.Add(new(host.Name, title, began, moment++));
            var at = Failing.FindIndex(one => one.Node == host.Name && one.Times > 0 && title.StartsWith(one.Title, StringComparison.Ordinal));
            if (at >= 0)
            {
                Failing[at] = Failing[at] with { Times = Failing[at].Times - 1 };
                return new RemoteResult(3, "", "it hurts\n", lasts);
            }
        }

        return new RemoteResult(0, "", "", lasts) { IsRecorded = true };
    }

    public Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation) => Task.CompletedTask;

    public Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation) => Task.CompletedTask;

    public Task CloseAsync(RemoteHost host) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> SessionAsync(RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation) =>
        throw new RemoteException(RemoteStage.NoRoute, new Problem("LCT6200", "no sessions here", Fix: ["none"]));

    public Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan within, CancellationToken cancellation) =>
        throw new RemoteException(RemoteStage.NoRoute, new Problem("LCT6200", "no way in here", Fix: ["none"]));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A command that ran: moments are numbers that only grow.</summary>
    public sealed record Told(string Node, string Title, int Began, int Ended)
    {
        /// <summary>The transition it belongs to, the first word of its title.</summary>
        public string At => Title.Split(' ')[0];
    }
}
