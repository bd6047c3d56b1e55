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

    /// <summary>Ends it as a crash would, and starts it again.</summary>
    public Task RestartAsync() => CallAsync("restart");

    public async ValueTask DisposeAsync() => await CallAsync("stop");

    private Task<string> CallAsync(string verb) =>
        TestService.CallAsync("tests/postgres", verb, folder, "no PostgreSQL server; tests/run installs Debian's package postgresql");
}
