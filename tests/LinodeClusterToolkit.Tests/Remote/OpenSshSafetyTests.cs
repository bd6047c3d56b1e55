using System.Diagnostics;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>What the user's configuration may do and may not, and where private keys never are.</summary>
public sealed class OpenSshSafetyTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [SshdFact]
    public async Task A_hostile_configuration_of_the_user_takes_nothing_back()
    {
        await using var server = await TestSshd.StartAsync("AcceptEnv *\nPermitUserRC no");
        using var folder = new TempFolder();
        var witness = folder["witness"];
        File.WriteAllText(folder["config"], $"""
            Host *
                StrictHostKeyChecking no
                UserKnownHostsFile /dev/null
                GlobalKnownHostsFile /dev/null
                KnownHostsCommand /bin/echo 4711 {server.HostKey.Public}
                NoHostAuthenticationForLocalhost yes
                HostKeyAlias other
                VerifyHostKeyDNS yes
                UpdateHostKeys yes
                BatchMode no
                PasswordAuthentication yes
                KbdInteractiveAuthentication yes
                PreferredAuthentications password,keyboard-interactive,publickey
                NumberOfPasswordPrompts 3
                ForwardAgent yes
                ForwardX11 yes
                LocalForward {TestSshd.FreePort()} 127.0.0.1:22
                RemoteForward {TestSshd.FreePort()} 127.0.0.1:22
                Tunnel yes
                PermitLocalCommand yes
                LocalCommand touch {witness}
                RemoteCommand touch {witness}
                RequestTTY force
                ForkAfterAuthentication yes
                SessionType none
                ControlMaster auto
                ControlPath {folder["control"]}
                ControlPersist 60
                SendEnv *
                AddKeysToAgent yes
                User nobody
                Port 1
            """);
        await using var shell = server.Shell(userConfig: folder["config"]);

        var result = await shell.RunAsync(server.Node, new("env"), default);

        Assert.Equal((0, 1), (result.ExitCode, server.Logins));
        Assert.DoesNotContain("SSH_AUTH_SOCK", result.Output);
        Assert.DoesNotContain("SSH_TTY", result.Output);
        Assert.False(File.Exists(witness));
        Assert.False(File.Exists(folder["control"]));
        Assert.DoesNotContain("forward", server.Log, StringComparison.OrdinalIgnoreCase);

        var stranger = (await SshKeygen.MakeAsync(default)).Public;
        await shell.CloseAsync(server.Node);
        foreach (var known in new[] { [stranger], Array.Empty<SshPublicKey>() })
        {
            new KnownHostsFile(server.KnownHosts).Set("4711", known);
            var refused = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, Soon, null, default));
            Assert.Equal(RemoteStage.HostKey, refused.Stage);
        }

        Assert.Equal(1, server.Logins);
    }

    [SshdFact]
    public async Task What_ours_leaves_open_the_users_configuration_fills()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell(userConfig: Write(server, $"Host gateway.example\n  HostName 127.0.0.1\nUnknownToday yes\n"));

        Assert.Equal(0, (await shell.RunAsync(server.Node with { Address = "gateway.example" }, new("true"), default)).ExitCode);
    }

    [SshdFact]
    public async Task A_configuration_that_ssh_does_not_read_is_named()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell(userConfig: Write(server, "Port\n"));

        var broken = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, Soon, null, default));

        Assert.Equal((RemoteStage.Local, "LCT7302"), (broken.Stage, broken.Problem.Code));
        Assert.Contains("user_config", broken.Problem.Why);
    }

    [SshdFact]
    public async Task A_jump_host_of_the_user_is_gone_through()
    {
        await using var gate = await TestSshd.StartAsync();
        await using var server = await TestSshd.StartAsync();
        await using var agent = await UserAgent.StartAsync(gate.Admin);
        var known = Path.Combine(server.Folder, "gate_known");
        File.WriteAllText(known, $"[127.0.0.1]:{gate.Port} {gate.HostKey.Public}\n");
        await using var shell = server.Shell(
            Write(server, $"UserKnownHostsFile {known}\n"), agent.Socket, $"{Environment.UserName}@127.0.0.1:{gate.Port}");

        var result = await shell.RunAsync(server.Node, new("echo", "through"), default);

        Assert.Equal(("through\n", 1, 1), (result.Output, gate.Logins, server.Logins));
    }

    [SshdFact]
    public async Task Behind_a_jump_host_the_stage_is_told_too()
    {
        await using var gate = await TestSshd.StartAsync();
        await using var server = await TestSshd.MakeAsync();
        await using var agent = await UserAgent.StartAsync(gate.Admin);
        var known = Path.Combine(server.Folder, "gate_known");
        File.WriteAllText(known, $"[127.0.0.1]:{gate.Port} {gate.HostKey.Public}\n");
        var config = Write(server, $"""
            UserKnownHostsFile {known}
            Host 127.0.0.1
              ProxyJump {Environment.UserName}@localhost:{gate.Port}
            Host localhost
              HostKeyAlias [127.0.0.1]:{gate.Port}
            """);
        await using var shell = server.Shell(config, agent.Socket);

        var refused = await Assert.ThrowsAsync<RemoteException>(() => shell.ConnectAsync(server.Node, TimeSpan.FromSeconds(3), null, default));

        Assert.True(refused.Stage == RemoteStage.Refused, refused.Problem.Why);
    }

    [SshdFact]
    public async Task Where_a_node_has_no_key_of_ours_the_users_agent_serves()
    {
        await using var server = await TestSshd.StartAsync();
        await using var agent = await UserAgent.StartAsync(server.Admin);
        await using var shell = server.Shell(userAgent: agent.Socket);

        Assert.Equal(0, (await shell.RunAsync(server.Node with { Identity = null }, new("true"), default)).ExitCode);
    }

    [SshdFact]
    public async Task Private_keys_and_input_are_in_no_file_no_argument_and_no_environment()
    {
        await using var server = await TestSshd.StartAsync();
        await using var shell = server.Shell();
        var secret = server.Admin.Private.Reveal().Split('\n')[2];
        var input = $"input-{Guid.NewGuid():N}";
        var running = shell.RunAsync(server.Node, new("sh", "-c", "cat >/dev/null; sleep 1") { Input = new(input) }, default);

        for (var look = 0; look < 15; look++)
        {
            Assert.Equal([], Processes.Naming(secret));
            Assert.Equal([], Processes.Naming(input));
            Assert.DoesNotContain(secret, AllFiles(server.RuntimeFolder));
            await Task.Delay(50);
        }

        Assert.Equal(0, (await running).ExitCode);
        Assert.Contains(server.Admin.Public.Body, AllFiles(server.RuntimeFolder));
    }

    [SshdFact]
    public async Task Children_do_not_get_the_environment_that_holds_tokens()
    {
        await using var server = await TestSshd.StartAsync();
        var token = $"token-{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable("LCT_TEST_TOKEN", token);
        await using var shell = server.Shell();
        try
        {
            await shell.ConnectAsync(server.Node, Soon, null, default);
            Assert.NotEmpty(Processes.Naming(server.RuntimeFolder));
            Assert.DoesNotContain(Processes.Naming(token), said => said.Contains(server.RuntimeFolder));
        }
        finally
        {
            Environment.SetEnvironmentVariable("LCT_TEST_TOKEN", null);
        }
    }

    private static string AllFiles(string folder) => !Directory.Exists(folder) ? "" : string.Concat(Directory.GetFiles(folder).Select(file =>
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // A socket.
            return "";
        }
    }));

    private static string Write(TestSshd server, string config)
    {
        var file = Path.Combine(server.Folder, "user_config");
        File.WriteAllText(file, config);
        return file;
    }

    /// <summary>An agent as users have one.</summary>
    private sealed class UserAgent : IAsyncDisposable
    {
        private readonly TempFolder folder = new();
        private readonly Process process;

        private UserAgent() =>
            process = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", folder["agent"]]) { RedirectStandardOutput = true })!;

        public string Socket => folder["agent"];

        public static async Task<UserAgent> StartAsync(SshKeyPair key)
        {
            // Its first words name the socket, on which it listens by then.
            var agent = new UserAgent();
            await agent.process.StandardOutput.ReadLineAsync();
            var start = new ProcessStartInfo("ssh-add", ["-q", "-"]) { RedirectStandardInput = true };
            start.Environment["SSH_AUTH_SOCK"] = agent.Socket;
            using var adding = Process.Start(start)!;
            await adding.StandardInput.WriteAsync(key.Private.Reveal());
            adding.StandardInput.Close();
            await adding.WaitForExitAsync();
            Assert.Equal(0, adding.ExitCode);
            return agent;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            folder.Dispose();
        }
    }
}
