using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote.OpenSsh;

/// <summary>An agent of our own that holds private keys in memory: none of them is ever written to a disk of this machine.</summary>
/// <remarks>
/// A key stays for the two minutes of a login, or as long as another program may log in with it. So neither many nodes nor a long run fill it.
/// </remarks>
internal sealed class SshAgent(string agent, string add, string socket, Children children, TimeProvider time)
{
    /// <summary>How long a login may take.</summary>
    public static readonly TimeSpan LoginLife = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim one = new(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> ends = new(StringComparer.Ordinal);
    private Process? process;

    /// <summary>Where it listens.</summary>
    public string Path => socket;

    /// <summary>Gives it a key for the logins that follow; starts it where it does not run.</summary>
    /// <exception cref="RemoteException">It does not start, or does not take the key.</exception>
    public async Task HoldAsync(SshKeyPair key, TimeSpan life, CancellationToken cancellation)
    {
        await EnsureAsync(cancellation).ConfigureAwait(false);

        // It forgets a key when the time it was told last is over: a login must not shorten what somebody else was promised.
        var now = time.GetUtcNow();
        var end = ends.AddOrUpdate(key.Public.Fingerprint, now + life, (_, last) => last > now + life ? last : now + life);
        var seconds = Math.Ceiling((end - now).TotalSeconds);

        // A key with a passphrase would make it ask: this program answers nothing, so it gives up.
        var start = LocalProgram.Of(
            add, ["-q", "-t", seconds.ToString(CultureInfo.InvariantCulture), "-"],
            ("SSH_AUTH_SOCK", socket), ("SSH_ASKPASS", "/bin/false"), ("SSH_ASKPASS_REQUIRE", "force"));
        var added = await children.RunAsync(start, key.Private, AnswersWithin, cancellation).ConfigureAwait(false);
        if (added.ExitCode != 0)
        {
            throw new RemoteException(RemoteStage.Local, RemoteProblems.AgentFailed(key.Public.Fingerprint, added.Error));
        }
    }

    private async Task EnsureAsync(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (process is null || process.HasExited)
            {
                await StartAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            one.Release();
        }
    }

    // The socket stands in its folder a moment before anybody listens to it.
    private bool Answers()
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        if (process is { } dead)
        {
            await children.EndAsync(dead).ConfigureAwait(false);
        }

        File.Delete(socket);
        process = children.Start(LocalProgram.Of(agent, ["-D", "-a", socket]));
        process.StandardInput.Close();
        Capture.Tail(process.StandardOutput.BaseStream);
        var said = Capture.Tail(process.StandardError.BaseStream);
        var began = time.GetTimestamp();
        while (!Answers())
        {
            if (process.HasExited || time.GetElapsedTime(began) > AnswersWithin)
            {
                throw new RemoteException(RemoteStage.Local, RemoteProblems.NoAgent(said.Text));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellation).ConfigureAwait(false);
        }
    }
}
