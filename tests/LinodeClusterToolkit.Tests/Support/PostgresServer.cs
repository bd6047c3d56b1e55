using System.Diagnostics;
using LinodeClusterToolkit.Postgres;

namespace LinodeClusterToolkit.Tests.Support;

/// <summary>A real PostgreSQL server: the one that tests/run started, else one of this process's own, from Debian's package.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<string> Shared = new(() => Environment.GetEnvironmentVariable("LCT_POSTGRES") is { Length: > 0 } given ? given : Own().Url);
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lct-pg-{Guid.NewGuid():N}"[..16]);

    private PostgresServer() => Url = Call("start").Trim();

    /// <summary>Address of its database.</summary>
    public string Url { get; }

    /// <summary>A place in the shared server that no other test uses.</summary>
    public static string NewPlace() => PlaceIn(Shared.Value);

    /// <summary>A server of the caller's own, to be stopped and started.</summary>
    public static PostgresServer Own()
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    public static string PlaceIn(string url) => $"{url}?schema=t{Guid.NewGuid():N}";

    public static PostgresDatabase Open(string place) => new(PostgresAddress.Parse(place), null, PostgresTables.All);

    /// <summary>Ends it as its machine's crash would, and starts it again on the same port.</summary>
    public void Restart() => Call("restart");

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Call("stop");
        }
    }

    private string Call(string verb)
    {
        using var program = Process.Start(new ProcessStartInfo(Repository.Path("tests/postgres"), [verb, folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = program.StandardError.ReadToEndAsync();
        var output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return program.ExitCode == 0 ? output : throw new InvalidOperationException(
            $"no PostgreSQL server: {errors.Result.Trim()} (tests/run installs Debian's package postgresql where it can)");
    }
}
