using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>A PostgreSQL server of a test's own.</summary>
internal sealed class Server : IAsyncDisposable
{
    /// <summary>Its password.</summary>
    public const string Password = "tests";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lct-pg-{Guid.NewGuid():N}"[..16]);

    private Server()
    {
    }

    /// <summary>Its database, with user and password.</summary>
    public string Url { get; private set; } = "";

    public string WithoutPassword => Url.Replace($":{Password}@", "@", StringComparison.Ordinal);

    public static async Task<Server> StartAsync()
    {
        var server = new Server();
        server.Url = (await server.CallAsync("start")).Trim();
        return server;
    }

    public async ValueTask DisposeAsync() => await CallAsync("stop");

    private async Task<string> CallAsync(string verb)
    {
        using var program = Process.Start(new ProcessStartInfo(Build.Repository("tests/postgres"), [verb, folder]) { RedirectStandardOutput = true })!;
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return program.ExitCode == 0 ? output : throw new InvalidOperationException("no PostgreSQL server; tests/run installs Debian's package postgresql");
    }
}
