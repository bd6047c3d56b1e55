using System.Net;
using System.Net.Sockets;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>How a login fails, and what is said about it.</summary>
public sealed class OpenSshConnectTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Briefly = TimeSpan.FromSeconds(1.5);

    [SshdFact]
    public async Task A_wrong_host_key_is_refused_at_once_and_both_fingerprints_are_told()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        var other = (await SshKeygen.MakeAsync(default)).Public;
        new KnownHostsFile(server.KnownHosts).Set("4711", [other]);

        var wrong = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, Soon, null, default));

        Assert.Equal((RemoteStage.HostKey, "LCT6212"), (wrong.Stage, wrong.Problem.Code));
        Assert.Contains($"known is {other.Fingerprint}, shown is {server.HostKey.Public.Fingerprint}", wrong.Problem.Why);
        Assert.Contains(wrong.Problem.Fixes, fix => fix.Contains($"accept the key for {server.Node.Name} (trust)"));
        Assert.Equal(0, server.Logins);
    }

    [SshdFact]
    public async Task An_unknown_host_is_refused_at_once_and_its_fingerprint_is_told()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        new KnownHostsFile(server.KnownHosts).Remove("4711");

        var unknown = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, Soon, null, default));

        Assert.Equal((RemoteStage.HostKey, "LCT6213"), (unknown.Stage, unknown.Problem.Code));
        Assert.Contains($"shown is {server.HostKey.Public.Fingerprint}", unknown.Problem.Why);
        Assert.Equal(0, server.Logins);
    }

    [SshdFact]
    public async Task A_key_the_node_does_not_take_ends_the_wait_at_once()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        var stranger = await SshKeygen.MakeAsync(default);

        var refused = await Assert.ThrowsAsync<RemoteException>(
            () => shell.ConnectAsync(server.Node with { Identity = stranger }, Soon, null, default));

        Assert.Equal((RemoteStage.KeyRefused, "LCT6214"), (refused.Stage, refused.Problem.Code));
        Assert.Contains(stranger.Public.Fingerprint, refused.Problem.What);
    }

    [SshdFact]
    public async Task Where_nothing_listens_the_wait_says_so()
    {
        await using var server = await TestSshd.MakeAsync();
        await using var shell = server.Shell();
        var notes = new List<string>();

        var refused = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, Briefly, notes.Add, default));

        Assert.Equal((RemoteStage.Refused, "LCT6211", true), (refused.Stage, refused.Problem.Code, refused.Problem.Retryable));
        Assert.Equal("no SSH on web-1 after 1.5 s: connection refused", refused.Problem.What);
        Assert.Equal(["waiting for SSH: connection refused"], notes);
    }

    [SshdFact]
    public async Task A_listener_that_says_nothing_is_told_from_one_that_is_not_there()
    {
        await using var server = await TestSshd.MakeAsync();
        await using var shell = server.Shell();
        using var silent = new TcpListener(IPAddress.Loopback, server.Port);
        silent.Start();

        var mute = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, TimeSpan.FromSeconds(6.5), null, default));

        Assert.Equal(RemoteStage.NoBanner, mute.Stage);
    }

    [SshdFact]
    public async Task An_address_that_swallows_packets_is_no_route()
    {
        await using var server = await TestSshd.MakeAsync();
        await using var shell = server.Shell();

        // A full queue of a listener that takes nobody in drops what comes, as a firewall does.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, server.Port));
        full.Listen(0);
        using var first = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, server.Port);
        using var second = new TcpClient();
        _ = second.ConnectAsync(IPAddress.Loopback, server.Port);

        var swallowed = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, TimeSpan.FromSeconds(4), null, default));

        Assert.Equal(RemoteStage.NoRoute, swallowed.Stage);
    }

    [SshdFact]
    public async Task A_server_that_comes_late_is_waited_for()
    {
        await using var server = await TestSshd.MakeAsync();
        await using var shell = server.Shell();
        var notes = new List<string>();

        var connecting = shell.ConnectAsync(server.Node, Soon, notes.Add, default);
        await Task.Delay(1200);
        await server.StartAsync();
        await connecting;

        Assert.Equal(["waiting for SSH: connection refused"], notes);
        Assert.Equal(1, server.Logins);
    }

    [SshdFact]
    public async Task Many_who_connect_at_once_log_in_once()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shell.ConnectAsync(server.Node, Soon, null, default)));

        Assert.Equal(1, server.Logins);
    }

    [SshdFact]
    public async Task A_host_that_ssh_could_take_for_an_option_is_refused()
    {
        await using var server = await TestSshd.MakeAsync();
        await using var shell = server.Shell();

        foreach (var bad in new[]
                 {
                     server.Node with { Address = "-oProxyCommand=id" }, server.Node with { Address = "a b" }, server.Node with { User = "-l" },
                     server.Node with { Alias = "*" }, server.Node with { Port = 0 }, server.Node with { KnownHosts = "/tmp/${HOME}" },
                 })
        {
            var refused = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(bad, Soon, null, default));
            Assert.Equal((RemoteStage.Local, "LCT6219"), (refused.Stage, refused.Problem.Code));
        }
    }

    [Fact]
    public async Task A_client_that_is_not_installed_is_named()
    {
        using var folder = new TempFolder();
        await using var shell = new OpenSshShell(new() { Program = "no-such-ssh", RuntimeFolder = folder["run"] });
        var host = new RemoteHost("web-1", "127.0.0.1", "root") { Alias = "1", KnownHosts = folder["known_hosts"] };

        var missing = await Assert.ThrowsAsync<RemoteException>(() => shell.RunAsync(host, new("true"), default));

        Assert.Equal((RemoteStage.Local, "LCT7301"), (missing.Stage, missing.Problem.Code));
    }
}
