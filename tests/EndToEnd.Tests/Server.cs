namespace EndToEnd.Tests;

/// <summary>A PostgreSQL server of a test's own, or a RabbitMQ.</summary>
internal sealed class Server : IAsyncDisposable
{
    /// <summary>Its password.</summary>
    public const string Password = "tests";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lct-pg-{Guid.NewGuid():N}"[..16]);
    private readonly string script;

    private Server(string script) => this.script = script;

    /// <summary>Its address, with user and password.</summary>
    public string Url { get; private set; } = "";

    public string WithoutPassword => Url.Replace($":{Password}@", "@", StringComparison.Ordinal);

    public static Task<Server> StartAsync() => StartAsync("tests/postgres");

    public static Task<Server> StartRabbitAsync() => StartAsync("tests/rabbitmq");

    private static async Task<Server> StartAsync(string script)
    {
        var server = new Server(script);
        server.Url = (await server.CallAsync("start")).Trim();
        return server;
    }

    /// <summary>Ends it as a crash would, and starts it again.</summary>
    public Task RestartAsync() => CallAsync("restart");

    public async ValueTask DisposeAsync() => await CallAsync("stop");

    private Task<string> CallAsync(string verb) => TestService.CallAsync(
        script, verb, folder, $"no server by {script}; tests/run installs Debian's packages postgresql and rabbitmq-server");
}
