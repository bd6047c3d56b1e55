using System.Collections.Concurrent;
using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>Nodes that let in whoever has a key in their file, and know the scripts that change it; a connection stands until closed.</summary>
internal sealed class KeyedNodes : IRemoteShell
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> open = new(StringComparer.Ordinal);

    /// <summary>Nodes that do not answer.</summary>
    public HashSet<string> Off { get; } = [];

    /// <summary>Nodes that take a key from elsewhere too, as one that is in no file of theirs.</summary>
    public Dictionary<string, string> Elsewhere { get; } = [];

    /// <summary>Told before and after whatever happens.</summary>
    public Action<string> Moment { get; set; } = _ => { };

    public string Name => "keyed";

    public bool IsReal => true;

    public bool Takes(string node, string body) =>
        files.GetValueOrDefault(node)?.ContainsKey(body) == true || Elsewhere.GetValueOrDefault(node) == body;

    public IReadOnlyList<string> FileOf(string node) => [.. files[node].Keys];

    public void Give(string node, string body) => files.GetOrAdd(node, _ => new(StringComparer.Ordinal))[body] = true;

    public void Forget(string node) => files.TryRemove(node, out _);

    /// <summary>All connections end, as with the process that had them.</summary>
    public void HangUp() => open.Clear();

    public async Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation)
    {
        await Task.CompletedTask;
        Moment($"before a connection to {host.Name}");
        var body = host.Identity!.Public.Body;
        if (Off.Contains(host.Name))
        {
            throw new RemoteException(RemoteStage.NoRoute, new("LCT6211", $"no SSH on {host.Name}"));
        }

        if (!open.ContainsKey(host.Name))
        {
            open[host.Name] = Takes(host.Name, body)
                ? body
                : throw new RemoteException(RemoteStage.KeyRefused, new("LCT6214", $"{host.Name} refuses"));
        }

        Moment($"after a connection to {host.Name}");
    }

    public async Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation)
    {
        await ConnectAsync(host, TimeSpan.Zero, null, cancellation);
        var words = command.Input!.Reveal().Split('\n').Select(line => line.Replace("'", "", StringComparison.Ordinal).Split(' '))
            .FirstOrDefault(line => line[0] is "add_key" or "drop_key" && line.Length > 3);
        Moment($"before {words?[0]} on {host.Name}");
        switch (words)
        {
            case ["add_key", _, _, var old, var coming]:
                Give(host.Name, coming);
                break;
            case ["drop_key", _, var old, var coming]:
                Assert.True(Takes(host.Name, coming));
                files[host.Name].TryRemove(old, out _);
                break;
        }

        Moment($"after {words?[0]} on {host.Name}");
        return new(0, "lct done 1\n", "", TimeSpan.Zero);
    }

    public Task CloseAsync(RemoteHost host) => Task.FromResult(open.TryRemove(host.Name, out _));

    public Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation) => throw new NotSupportedException();

    public Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> SessionAsync(RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
