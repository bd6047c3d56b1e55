namespace EndToEnd.Tests.Workers;

/// <summary>A RabbitMQ server of a test's own.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lct-mq-{Guid.NewGuid():N}"[..16]);

    private Broker()
    {
    }

    /// <summary>Its address, with user and password.</summary>
    public string Url { get; private set; } = "";

    public static async Task<Broker> StartAsync()
    {
        var broker = new Broker();
        broker.Url = (await broker.CallAsync("start")).Trim();
        return broker;
    }

    /// <summary>Ends it as a crash would, and starts it again.</summary>
    public Task RestartAsync() => CallAsync("restart");

    public async ValueTask DisposeAsync() => await CallAsync("stop");

    private Task<string> CallAsync(string verb) =>
        TestService.CallAsync("tests/rabbitmq", verb, folder, "no RabbitMQ server; tests/run installs Debian's package rabbitmq-server");
}
