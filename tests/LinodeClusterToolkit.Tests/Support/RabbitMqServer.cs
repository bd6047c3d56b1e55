using System.Diagnostics;
using System.Globalization;
using LinodeClusterToolkit.RabbitMq;

namespace LinodeClusterToolkit.Tests.Support;

/// <summary>A real RabbitMQ server: the one that tests/run started, else one of this process's own, from Debian's package.</summary>
internal sealed class RabbitMqServer : IDisposable
{
    private static readonly Lazy<string> Shared =
        new(() => Environment.GetEnvironmentVariable("LCT_RABBITMQ_AT") is { Length: > 0 } given ? given : Own().folder);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lct-mq-{Guid.NewGuid():N}"[..16]);

    private RabbitMqServer(string settings)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "more.conf"), settings);
        Url = Call("start", folder);
    }

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>A virtual host of the shared server that no other test uses.</summary>
    public static string NewPlace() => Call("place", Shared.Value);

    /// <summary>A server of the caller's own, to be stopped and started, with settings of its own.</summary>
    public static RabbitMqServer Own(string settings = "")
    {
        var server = new RabbitMqServer(settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    public static RabbitMqBroker Open(string url, TimeSpan? patience = null) => new(RabbitMqAddress.Parse(url), null, patience);

    /// <summary>Ends when queues that were just made outlive a crash: the server writes half a second later that they are there (3.10).</summary>
    public static Task KeptAsync() => Task.Delay(1500);

    /// <summary>Ends it as its machine's crash would, and starts it again on the same port.</summary>
    public void Restart() => Call("restart", folder);

    /// <summary>Lets it hang: it is there, and says nothing.</summary>
    public void Hang()
    {
        Process.Start("kill", ["-STOP", Pid]).WaitForExit();

        // Each of its threads stops when it comes to it, which on a busy machine takes a while.
        Assert.True(SpinWait.SpinUntil(() => Directory.EnumerateDirectories($"/proc/{Pid}/task").All(IsStopped), TimeSpan.FromSeconds(30)));
    }

    /// <summary>Ends it as its machine's crash would.</summary>
    public void Kill()
    {
        using var server = Process.GetProcessById(int.Parse(Pid, CultureInfo.InvariantCulture));
        server.Kill();
        server.WaitForExit();
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Call("stop", folder);
        }
    }

    // 4242 (beam.smp) T 1 …
    private static bool IsStopped(string thread) => File.ReadAllText(Path.Combine(thread, "stat")) is var line && line[line.LastIndexOf(')') + 2] == 'T';

    private string Pid => File.ReadAllText(Path.Combine(folder, "pid")).Trim();

    private static string Call(string verb, string folder)
    {
        using var program = Process.Start(new ProcessStartInfo(Repository.Path("tests/rabbitmq"), [verb, folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = program.StandardError.ReadToEndAsync();
        var output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return program.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException(
            $"no RabbitMQ server: {errors.Result.Trim()} (tests/run installs Debian's package rabbitmq-server where it can)");
    }
}
