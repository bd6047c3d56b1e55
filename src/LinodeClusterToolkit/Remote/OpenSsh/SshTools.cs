using System.Diagnostics;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>What the connections of one shell share: programs, the runtime folder with the configuration, the agent, the children.</summary>
internal sealed class SshTools : IAsyncDisposable
{
    // ssh adds 17 letters to a socket's path while it makes it, and 103 is the most that every system takes.
    private const int LongestFolder = 70;
    private readonly string ssh;
    private readonly string scp;
    private readonly Keeper keeper;

    private SshTools(SshSettings settings, string folder, (string Ssh, string Scp, string Agent, string Add) programs)
    {
        (ssh, scp) = (programs.Ssh, programs.Scp);
        Settings = settings;
        Folder = folder;
        Words = new(Path.Combine(folder, "config"), settings);
        keeper = new(folder);
        Children = new(keeper, settings.Time);
        Agent = new(programs.Agent, programs.Add, Path.Combine(folder, "agent"), Children, settings.Time);
        Logins = new(settings.MostConnects);
    }

    public SshSettings Settings { get; }

    public TimeProvider Time => Settings.Time;

    /// <summary>Folder of sockets and public keys.</summary>
    public string Folder { get; }

    public SshWords Words { get; }

    public Children Children { get; }

    public SshAgent Agent { get; }

    /// <summary>Taken for the time of a login.</summary>
    public SemaphoreSlim Logins { get; }

    /// <summary>Makes the runtime folder and what stands in it from the first.</summary>
    /// <exception cref="RemoteException">A program is missing, or the folder cannot be used.</exception>
    public static SshTools Open(SshSettings settings)
    {
        var folder = Path.GetFullPath(settings.RuntimeFolder);
        if (Encoding.UTF8.GetByteCount(folder) > LongestFolder)
        {
            throw new RemoteException(RemoteStage.Local, RemoteProblems.BadRuntimeFolder(folder, $"its path is longer than {LongestFolder} bytes"));
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new RemoteException(RemoteStage.Local, RemoteProblems.BadRuntimeFolder(folder, "it is not empty: it may be another shell's"));
        }

        if (settings.Jump is { } jump && !RemotePath.IsJump(jump))
        {
            throw new RemoteException(RemoteStage.Local, RemoteProblems.BadHost(jump, "way to the jump host", jump));
        }

        var programs = (Find(settings.Program), Beside("scp"), Beside("ssh-agent"), Beside("ssh-add"));
        PrivateFiles.EnsureFolder(folder);
        SshConfig.Write(Path.Combine(folder, "config"), settings.UserConfig);
        return new SshTools(settings, folder, programs);

        string Beside(string other) => Find(Path.GetDirectoryName(settings.Program) is { Length: > 0 } home ? Path.Combine(home, other) : other);
    }

    /// <summary>ssh with a login of its own; it may run what the user's configuration names, so it knows the user's agent and shell.</summary>
    public ProcessStartInfo Login(IEnumerable<string> words) =>
        LocalProgram.Of(ssh, words, Settings.UserAgent is { } agent ? [("SSH_AUTH_SOCK", agent)] : []);

    /// <summary>ssh through a connection that is there.</summary>
    public ProcessStartInfo Client(IEnumerable<string> words) => LocalProgram.Of(ssh, words, ("SHELL", "/bin/sh"));

    /// <summary>scp through a connection that is there.</summary>
    public ProcessStartInfo Copy(IEnumerable<string> words) => LocalProgram.Of(scp, ["-S", ssh, .. words], ("SHELL", "/bin/sh"));

    /// <summary>A session's words, program first.</summary>
    public IReadOnlyList<string> Session(string socket, string? command, bool terminal) =>
        [ssh, .. Words.Session(socket, command, terminal)];

    /// <summary>The way of others to a node whose login left its socket and public key.</summary>
    public RemoteWay Way(RemoteHost host, string socket)
    {
        IReadOnlyDictionary<string, string> variables =
            Settings.UserAgent is { } agent ? new Dictionary<string, string> { ["SSH_AUTH_SOCK"] = agent } : new Dictionary<string, string>();
        return new(ssh, [.. Words.Way(host, socket, Agent.Path)]) { Environment = variables };
    }

    public async ValueTask DisposeAsync()
    {
        await Children.DisposeAsync().ConfigureAwait(false);
        await keeper.DisposeAsync().ConfigureAwait(false);
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string Find(string program) =>
        LocalProgram.Find(program) ?? throw new RemoteException(RemoteStage.Local, RemoteProblems.NoProgram(program));
}
