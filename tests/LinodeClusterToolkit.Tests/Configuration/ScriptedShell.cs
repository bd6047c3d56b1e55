using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>A shell that answers as a test says, and remembers in which order it was used.</summary>
internal sealed class ScriptedShell(Func<ShellCommand, RemoteResult>? answer = null) : IRemoteShell
{
    public List<string> Used { get; } = [];

    public List<string> Scripts { get; } = [];

    /// <summary>Thrown by the n-th run, counted from 1.</summary>
    public Dictionary<int, Exception> Fails { get; } = [];

    /// <summary>Nodes that no way leads to.</summary>
    public HashSet<string> Lost { get; } = [];

    public string Name => "scripted";

    public bool IsReal => true;

    public Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation) => Use($"connect {host.User}@{host.Name}");

    public Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation)
    {
        Scripts.Add(command.Input?.Reveal() ?? "");
        Use($"run {command.Title}");
        return Fails.Remove(Scripts.Count, out var failure)
            ? Task.FromException<RemoteResult>(failure)
            : Task.FromResult(answer?.Invoke(command) ?? new RemoteResult(0, "lct done 0\n", "", TimeSpan.Zero));
    }

    public Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation) => Use("upload");

    public Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation) => Use("download");

    public Task CloseAsync(RemoteHost host) => Use("close");

    public Task<IReadOnlyList<string>> SessionAsync(RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation) => Lost.Contains(host.Name)
        ? Task.FromException<RemoteWay>(new RemoteException(RemoteStage.NoRoute, new("LCT6211", $"no SSH on {host.Name}")))
        : Task.FromResult(new RemoteWay("/usr/bin/ssh", ["-o", $"ControlPath=\"/run/{host.Name}\""]));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Use(string what)
    {
        Used.Add(what);
        return Task.CompletedTask;
    }
}
