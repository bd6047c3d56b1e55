using System.Net;
using LinodeEmulator.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LinodeEmulator;

/// <summary>A local double of the Linode API, v4 and v3 on one cloud, with the platform's rules, limits, delays and failures.</summary>
/// <remarks>Nothing runs in the background: whatever is due by the clock happens when the next request comes. So it works on any clock, virtual ones
/// too.</remarks>
public sealed class Emulator : IAsyncDisposable
{
    private readonly EmulatedAccounts _accounts;
    private WebApplication? _server;

    private Emulator(EmulatorOptions options)
    {
        Options = options;
        _accounts = new EmulatedAccounts(options);
    }

    /// <summary>How it was asked to behave.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>Where the API is, without the version: <c>http://127.0.0.1:40123</c>. Without a server it is an address for
    /// <see cref="CreateHandler"/> only.</summary>
    public Uri Url { get; private set; } = new("http://emulator.invalid");

    /// <summary>Where the control plane is.</summary>
    public Uri ControlUrl => new(Url, "/_emulator/");

    /// <summary>Ends when the control plane is asked to stop.</summary>
    public Task Stopped => _accounts.Stopped;

    /// <summary>That of the only account, or of the first.</summary>
    internal EmulatorCore Core => _accounts.First;

    /// <summary>An emulator without a server, for <see cref="CreateHandler"/> and <see cref="EmulatorEndpoints.MapEmulator"/>.</summary>
    public static Emulator Build(EmulatorOptions? options = null) => new(options ?? new EmulatorOptions());

    /// <summary>An emulator that listens on the loopback address.</summary>
    public static async Task<Emulator> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = Build(options);
        try
        {
            await emulator._accounts.StartAsync(cancellationToken);
            await emulator.ListenAsync(cancellationToken);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>A handler for an <see cref="HttpClient"/> that reaches this emulator without a socket.</summary>
    public HttpMessageHandler CreateHandler() => new InMemoryTransport(this);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            // Whoever asked it to stop still gets an answer; who waits for a delayed one does not hold it up.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _server.StopAsync(patience.Token);
            await _server.DisposeAsync();
        }

        await _accounts.DisposeAsync();
    }

    internal Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancel) =>
        _accounts.HandleAsync(request, cancel);

    /// <summary>Takes a file of an image, which may be large.</summary>
    internal Task<EmulatorResponse> TakeFileAsync(EmulatorRequest request, Stream body, CancellationToken cancel) =>
        _accounts.TakeFileAsync(request, body, cancel);

    private async Task ListenAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(IPAddress.Loopback, Options.Port);
        });

        // Signals are the program's business: a test that embeds an emulator must not lose its own.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        _server = builder.Build();
        _server.MapEmulator(this);
        await _server.StartAsync(cancel);
        var address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Url = new Uri(address);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Puts an emulator into an ASP.NET Core application, such as one on a test server.</summary>
public static class EmulatorEndpoints
{
    /// <summary>Answers every request that comes so far with the emulator.</summary>
    public static void MapEmulator(this IApplicationBuilder app, Emulator emulator) =>
        app.Run(context => KestrelTransport.HandleAsync(context, emulator));
}
