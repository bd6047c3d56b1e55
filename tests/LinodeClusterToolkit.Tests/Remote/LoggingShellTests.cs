using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>What is written down of the work on a node.</summary>
public sealed class LoggingShellTests
{
    private static readonly RemoteHost Node = new("web-1", "192.0.2.1", "root") { Alias = "1", KnownHosts = "/nowhere" };

    [Fact]
    public async Task What_ran_and_what_it_printed_is_written_and_its_input_is_not()
    {
        using var folder = new TempFolder();
        var log = new NodeLog(folder["logs"]);
        await using var shell = Shell(log, new RemoteResult(3, "one\ntwo\r\n", "grief \u001b[2J\n", TimeSpan.Zero));

        await shell.RunAsync(Node, new("sh", "-s") { Input = new("secret-input"), Title = "harden" }, default);

        Assert.Equal(
            ["2026-01-01T00:00:00.000Z run harden: sh -s", "  | one", "  | two", "  ! grief \\u001b[2J", "  = exit code 3, 0.000 s"],
            log.Tail("web-1", 10));
        Assert.Equal(["  = exit code 3, 0.000 s"], log.Tail("web-1", 1));
        Assert.Equal([], log.Tail("web-2", 10));
    }

    [Fact]
    public async Task Secrets_are_masked_and_failures_are_written()
    {
        using var folder = new TempFolder();
        var log = new NodeLog(folder["logs"]);
        var redactor = new Redactor();
        redactor.Add(new("hunter2-hunter2"));
        var failure = new RemoteException(RemoteStage.Lost, RemoteProblems.Lost(Node, "x", "said hunter2-hunter2"));
        await using var shell = Shell(log, failure, redactor);

        var told = await Assert.ThrowsAsync<RemoteException>(() => shell.RunAsync(Node, new("echo", "hunter2-hunter2"), default));

        Assert.Equal((RemoteStage.Lost, "LCT6215"), (told.Stage, told.Problem.Code));
        Assert.DoesNotContain("hunter2", $"{told} {told.Problem.What} {told.Problem.Why}");
        Assert.Equal("2026-01-01T00:00:00.000Z run echo ***", log.Tail("web-1", 10)[0]);
        Assert.StartsWith("  = LCT6215: the connection to web-1 was lost", log.Tail("web-1", 1)[0]);
        Assert.DoesNotContain("hunter2", File.ReadAllText(log.FileOf("web-1")));
    }

    [Fact]
    public async Task Each_node_has_a_file_of_its_own_for_its_owner_alone()
    {
        using var folder = new TempFolder();
        var log = new NodeLog(folder["logs"]);
        await using var shell = Shell(log, new RemoteResult(0, "", "", TimeSpan.Zero));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            Task.Run(() => shell.RunAsync(Node with { Name = number % 2 == 0 ? "web-1" : "../web 2" }, new("true"), default))));

        Assert.Equal(2, Directory.GetFiles(folder["logs"]).Length);
        Assert.Equal(40, log.Tail("web-1", 1000).Count);
        Assert.Equal(40, log.Tail("../web 2", 1000).Count);
        Assert.All(
            Directory.GetFiles(folder["logs"]),
            file => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    private static LoggingShell Shell(NodeLog log, object outcome, Redactor? redactor = null) =>
        new(new Canned(outcome), log, redactor, new ManualTime());

    /// <summary>Gives every command the same end.</summary>
    private sealed class Canned(object outcome) : IRemoteShell
    {
        public string Name => "canned";

        public bool IsReal => true;

        public Task ConnectAsync(RemoteHost host, TimeSpan within, Action<string>? note, CancellationToken cancellation) => Task.CompletedTask;

        public Task<RemoteResult> RunAsync(RemoteHost host, ShellCommand command, CancellationToken cancellation) =>
            outcome is Exception failure ? Task.FromException<RemoteResult>(failure) : Task.FromResult((RemoteResult)outcome);

        public Task UploadAsync(RemoteHost host, string local, string remote, CancellationToken cancellation) => Task.CompletedTask;

        public Task DownloadAsync(RemoteHost host, string remote, string local, CancellationToken cancellation) => Task.CompletedTask;

        public Task CloseAsync(RemoteHost host) => Task.CompletedTask;

        public Task<IReadOnlyList<string>> SessionAsync(RemoteHost host, IReadOnlyList<string> command, bool terminal, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<string>>([]);

        public Task<RemoteWay> WayAsync(RemoteHost host, TimeSpan lasting, CancellationToken cancellation) => Task.FromResult(new RemoteWay("ssh", []));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
