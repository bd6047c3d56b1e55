using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>The toolkit and an emulator in one process and on one jumping clock, with everything else as in use: SQLite file, journal, limits, pipeline.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lct-world-").FullName;
    private readonly Emulator emulator;
    private readonly HttpMessageHandler handler;

    public World(EmulatorOptions? options = null)
    {
        emulator = Emulator.Build((options ?? new EmulatorOptions()) with { Clock = Time });
        handler = emulator.CreateHandler();
        Control = new HttpClient(handler, disposeHandler: false) { BaseAddress = emulator.ControlUrl };
        Toolkit = Open();
    }

    public VirtualTime Time { get; } = new();

    public LinodeToolkit Toolkit { get; private set; }

    /// <summary>The emulator's control plane.</summary>
    public HttpClient Control { get; }

    /// <summary>Every event of every run, in order.</summary>
    public EventList Events { get; } = new();

    /// <summary>A second process, as it were: the same files, nothing remembered.</summary>
    public async Task RestartAsync()
    {
        await Toolkit.DisposeAsync();
        Toolkit = Open();
    }

    public async Task<RunSummary> CreateAsync(string name, string plan, CancellationToken stop = default)
    {
        var preview = await Toolkit.PreviewAsync(new CreateRequest(name, new PlanSource("plan.yaml", null, plan)));
        return await Toolkit.CreateAsync(preview, Events, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await Toolkit.DisposeAsync();
        Control.Dispose();
        handler.Dispose();
        await emulator.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private LinodeToolkit Open() => new(new LinodeToolkitOptions
    {
        DataFolder = Path.Combine(folder, "data"),
        CacheFolder = Path.Combine(folder, "cache"),
        ApiUrl = new Uri("http://127.0.0.1/"),
        Token = () => new Sensitive("a-token-for-tests"),
        Time = Time,
        Handler = handler,
    });
}

/// <summary>Keeps events.</summary>
internal sealed class EventList : IRunObserver
{
    private readonly List<RunEvent> events = [];

    public IReadOnlyList<RunEvent> All => events;

    public void OnEvent(RunEvent happened) => events.Add(happened);
}
