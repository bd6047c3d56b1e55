using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Remote.OpenSsh;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>A real SSH server on a loopback port of its own, with its own host key, letting in one key; gone with the test.</summary>
internal sealed class TestSshd : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private Process? server;

    private TestSshd(SshKeyPair hostKey, SshKeyPair admin) => (HostKey, Admin) = (hostKey, admin);

    public SshKeyPair HostKey { get; }

    public SshKeyPair Admin { get; }

    public int Port { get; } = FreePort();

    public string Folder => folder.Path;

    public string Log => File.Exists(folder["log"]) ? File.ReadAllText(folder["log"]) : "";

    public int Logins => Log.Split("Accepted publickey").Length - 1;

    public string KnownHosts => folder["known_hosts"];

    /// <summary>The server as a node, its host key known.</summary>
    public RemoteHost Node => new("web-1", "127.0.0.1", Environment.UserName)
    {
        Port = Port, Alias = "4711", KnownHosts = KnownHosts, Identity = Admin,
    };

    public static async Task<TestSshd> StartAsync(string settings = "")
    {
        var made = await MakeAsync(settings);
        await made.StartAsync();
        return made;
    }

    /// <summary>All prepared, and not started yet.</summary>
    public static async Task<TestSshd> MakeAsync(string settings = "")
    {
        var made = new TestSshd(await SshKeygen.MakeAsync(default), await SshKeygen.MakeAsync(default));
        new KnownHostsFile(made.KnownHosts).Set("4711", [made.HostKey.Public]);
        File.WriteAllText(made.folder["authorized_keys"], $"{made.Admin.Public}\n");
        await using (var file = PrivateFiles.Open(made.folder["host_key"], FileMode.CreateNew))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(made.HostKey.Private.Reveal()));
        }

        // bash reads its user's .bashrc for commands over SSH; what stands there on this machine is none of a test's business.
        File.WriteAllText(made.folder["sshd_config"], $"""
            {settings}
            Port {made.Port}
            ListenAddress 127.0.0.1
            HostKey {made.folder["host_key"]}
            AuthorizedKeysFile {made.folder["authorized_keys"]}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            MaxStartups 100
            LogLevel VERBOSE
            Subsystem sftp internal-sftp
            SetEnv HOME={made.folder["home"]}

            """);
        return made;
    }

    public async Task StartAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        server = Process.Start(new ProcessStartInfo(SshdFactAttribute.Program!, ["-D", "-f", folder["sshd_config"], "-E", folder["log"]]))!;
        while (!Log.Contains("Server listening", StringComparison.Ordinal))
        {
            Assert.False(server.HasExited, $"sshd ended: {Log}");
            await Task.Delay(10);
        }
    }

    public OpenSshShell Shell(string? userConfig = null, string? userAgent = null, string? jump = null) =>
        new(new() { RuntimeFolder = RuntimeFolder, UserConfig = userConfig, UserAgent = userAgent, Jump = jump });

    /// <summary>Where the shell keeps its sockets.</summary>
    public string RuntimeFolder => folder["run"];

    /// <summary>Cuts every connection, as a node does that dies.</summary>
    public void CutAll()
    {
        foreach (var child in Processes.ChildrenOf(server!.Id))
        {
            using var process = Process.GetProcessById(child);
            process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        folder.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
