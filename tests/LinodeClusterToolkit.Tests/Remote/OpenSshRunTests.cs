using System.Diagnostics;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>Commands on a real SSH server, through one connection.</summary>
public sealed class OpenSshRunTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [SshdFact]
    public async Task A_command_gets_its_input_and_gives_its_output_error_and_exit_code()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        var result = await shell.RunAsync(server.Node, new("sh", "-c", "cat; echo grief >&2; exit 7") { Input = new("grün\n\0rest") }, default);

        Assert.Equal((7, "grün\n\0rest", "grief\n"), (result.ExitCode, result.Output, result.Error));
        Assert.False(result.IsRecorded);
    }

    [SshdFact]
    public async Task Words_arrive_as_they_are()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        string[] hard = ["", "two  words", "it's", "\"q\"", "$(id)", "`id`", "line\nline", "*", "\\", "-n", "~", "ä€😀", "a;b|c&d>e"];

        var result = await shell.RunAsync(server.Node, new("printf", ["%s\\0", .. hard]), default);

        Assert.Equal(hard, result.Output.Split('\0')[..^1]);
    }

    [SshdFact]
    public async Task Exit_code_255_of_a_command_is_a_result_like_any_other()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        Assert.Equal(255, (await shell.RunAsync(server.Node, new("sh", "-c", "exit 255"), default)).ExitCode);
        Assert.Equal(127, (await shell.RunAsync(server.Node, new("no-such-program"), default)).ExitCode);
    }

    [SshdFact]
    public async Task Of_big_output_a_MiB_is_kept_and_the_rest_told()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        var result = await shell.RunAsync(server.Node, new("sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x; echo done >&2"), default);

        Assert.Equal((0, "done\n"), (result.ExitCode, result.Error));
        Assert.EndsWith("x\n[3951424 more bytes were not kept]\n", result.Output);
        Assert.InRange(result.Output.Length, 1024 * 1024, (1024 * 1024) + 100);
    }

    [SshdFact]
    public async Task Input_that_nobody_reads_stops_nothing()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        var result = await shell.RunAsync(server.Node, new("true") { Input = new(new string('x', 4_000_000)) }, default);

        Assert.Equal(0, result.ExitCode);
    }

    [SshdFact]
    public async Task A_command_that_takes_too_long_is_left_and_its_last_lines_are_told()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        await shell.ConnectAsync(server.Node, Soon, null, default);
        var watch = Stopwatch.StartNew();

        var late = await Assert.ThrowsAsync<RemoteException>(() => shell.RunAsync(
            server.Node, new("sh", "-c", "echo began; echo half >&2; sleep 60") { Within = TimeSpan.FromSeconds(1), Title = "long work" }, default));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
        Assert.Equal((RemoteStage.Deadline, "LCT6216"), (late.Stage, late.Problem.Code));
        Assert.Equal("'long work' on web-1 took longer than 1 s", late.Problem.What);
        Assert.Equal("half | began", late.Problem.Why);
        Assert.Equal(0, (await shell.RunAsync(server.Node, new("true"), default)).ExitCode);
        Assert.Equal(1, server.Logins);
    }

    [SshdFact]
    public async Task A_wait_that_is_called_off_ends_at_once()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        await shell.ConnectAsync(server.Node, Soon, null, default);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shell.RunAsync(server.Node, new("sleep", "60"), stop.Token));
    }

    [SshdFact]
    public async Task Forty_commands_at_once_and_many_in_a_row_need_one_login()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            shell.RunAsync(server.Node, new("sh", "-c", $"sleep 0.1; echo {number}"), default)));

        Assert.Equal(Enumerable.Range(0, 40).Select(number => $"{number}\n"), results.Select(result => result.Output));
        Assert.Equal(1, server.Logins);
    }

    [SshdFact]
    public async Task A_server_that_takes_fewer_sessions_than_usual_gets_all_commands_in_the_end()
    {
        await using var server = await TestSshd.StartAsync("MaxSessions 6");
        await using var shell = server.Shell();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => shell.RunAsync(server.Node, new("sleep", "0.05"), default)));

        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.Equal(1, server.Logins);
    }

    [SshdFact]
    public async Task A_connection_cut_in_the_middle_is_a_loss()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        await shell.ConnectAsync(server.Node, Soon, null, default);
        var running = shell.RunAsync(server.Node, new("sleep", "60") { Title = "nap" }, default);
        await Task.Delay(500);

        server.CutAll();

        var lost = await Assert.ThrowsAsync<RemoteException>(() => running);
        Assert.Equal((RemoteStage.Lost, "LCT6215", true), (lost.Stage, lost.Problem.Code, lost.Problem.Retryable));
        Assert.Contains("'nap'", lost.Problem.What);
    }

    [SshdFact]
    public async Task A_connection_that_died_unseen_is_replaced()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        await shell.ConnectAsync(server.Node, Soon, null, default);

        server.CutAll();

        Assert.Equal("here\n", (await shell.RunAsync(server.Node, new("echo", "here"), default)).Output);
        Assert.Equal(2, server.Logins);
    }

    [SshdFact]
    public async Task After_a_close_the_next_command_logs_in_anew()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        await shell.RunAsync(server.Node, new("true"), default);

        await shell.CloseAsync(server.Node);

        await shell.RunAsync(server.Node, new("true"), default);
        Assert.Equal(2, server.Logins);
    }

    [SshdFact]
    public async Task What_a_command_leaves_running_on_the_node_holds_nobody_up_longer_than_the_command_may_take()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        var late = await Assert.ThrowsAsync<RemoteException>(() => shell.RunAsync(
            server.Node, new("sh", "-c", "sleep 30 & echo left") { Within = TimeSpan.FromSeconds(1) }, default));

        Assert.Equal(RemoteStage.Deadline, late.Stage);
    }

    [SshdFact]
    public async Task Root_needs_no_sudo()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        var asRoot = new ShellCommand("id", "-u") { AsRoot = true };

        var result = await shell.RunAsync(server.Node, asRoot, default);

        Assert.True(Environment.UserName != "root" || result.Output == "0\n");
    }

    [SshdFact]
    public async Task A_session_goes_through_the_same_connection()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        var words = await shell.SessionAsync(server.Node, ["echo", "it's $HOME"], terminal: true, default);

        using var process = Process.Start(
            new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        Assert.Equal("it's $HOME", (await process.StandardOutput.ReadToEndAsync()).Trim());
        Assert.Equal(1, server.Logins);
        Assert.Contains("-t", words);
    }

    [SshdFact]
    public async Task All_programs_it_started_are_gone_with_it_and_so_is_its_folder()
    {
        await using var server = await TestSshd.StartAsync();
        var shell = server.Shell();
        await shell.ConnectAsync(server.Node, Soon, null, default);
        var running = shell.RunAsync(server.Node, new("sleep", "60"), default);
        await Task.Delay(300);
        Assert.NotEmpty(Processes.Naming(server.RuntimeFolder));

        await shell.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        Assert.Equal([], Processes.Naming(server.RuntimeFolder));
        Assert.False(Directory.Exists(server.RuntimeFolder));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => shell.RunAsync(server.Node, new("true"), default));
    }
}
