using System.Text.Json;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>The toolkit and an emulator in one process and on one jumping clock, with everything else as in use: SQLite file, journal, limits, pipeline.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly string folder = MakeFolder();
    private readonly Emulator emulator;
    private readonly HttpMessageHandler handler;
    private readonly Func<TimeProvider, IRemoteShell> shell;
    private readonly Func<LinodeToolkitOptions, LinodeToolkitOptions> with;

    /// <param name="options">How the emulator behaves.</param>
    /// <param name="shell">The way into nodes.</param>
    /// <param name="with">Changes the options of every toolkit that is opened here; null for none.</param>
    public World(
        EmulatorOptions? options = null, Func<TimeProvider, IRemoteShell>? shell = null,
        Func<LinodeToolkitOptions, LinodeToolkitOptions>? with = null)
    {
        this.with = with ?? (same => same);
        this.shell = shell ?? (_ => new RecordingShell());
        emulator = Emulator.Build((options ?? new EmulatorOptions()) with { Clock = Time });
        handler = new CarriesOn(emulator.CreateHandler());
        Control = new HttpClient(handler, disposeHandler: false) { BaseAddress = emulator.ControlUrl };
        Toolkit = Open();
    }

    public VirtualTime Time { get; } = new();

    public LinodeToolkit Toolkit { get; private set; }

    /// <summary>Number of the process that is played.</summary>
    public int Process { get; private set; }

    /// <summary>The cloud itself.</summary>
    public Emulator Cloud => emulator;

    /// <summary>The emulator's control plane.</summary>
    public HttpClient Control { get; }

    /// <summary>Every event of every run, in order.</summary>
    public EventList Events { get; } = new();

    /// <summary>All files that it has written.</summary>
    public IReadOnlyList<string> Files() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    /// <summary>A second process, as it were: the same files, nothing remembered.</summary>
    public async Task RestartAsync()
    {
        await Toolkit.DisposeAsync();
        Toolkit = Open();
    }

    /// <summary>The inventory is lost; secrets are kept elsewhere.</summary>
    public async Task LoseInventoryAsync()
    {
        await Toolkit.DisposeAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "data"), "inventory.db*"))
        {
            File.Delete(file);
        }

        Toolkit = Open();
    }

    /// <summary>A second process goes on with what the first one left, however little that is.</summary>
    public async Task<RunSummary> RecoverAsync(string name, string plan, CancellationToken leave = default)
    {
        await RestartAsync();
        return (await ClustersAsync()).Contains(name) && await Toolkit.ResumeAsync(name, null, Events, default, leave) is { } summary
            ? summary
            : await CreateAsync(name, plan, leave: leave);
    }

    /// <summary>Text of a plan that ships.</summary>
    public static string Plan(string file) => File.ReadAllText(Repository.Path($"plans/{file}"));

    public Task<ClusterPreview> PreviewAsync(string name, string plan) =>
        Toolkit.PreviewAsync(new CreateRequest(name, new PlanSource("plan.yaml", null, plan)));

    public async Task<RunSummary> CreateAsync(string name, string plan, CancellationToken stop = default, CancellationToken leave = default) =>
        await Toolkit.CreateAsync(await PreviewAsync(name, plan), Events, stop, leave);

    /// <summary>As create, but left at once at that moment, as by a second Ctrl-C; the answer is how long it took.</summary>
    public async Task<TimeSpan> LeaveAsync(string name, string plan, CancellationToken leave)
    {
        var began = Time.GetTimestamp();
        try
        {
            await Toolkit.CreateAsync(await PreviewAsync(name, plan), Events, default, leave);
        }
        catch (OperationCanceledException)
        {
            // Left before the run had begun.
        }

        return Time.GetElapsedTime(began);
    }

    /// <summary>Goes on with the last run.</summary>
    public Task<RunSummary?> ResumeAsync(string name, params string[] again) =>
        Toolkit.ResumeAsync(name, again.Length == 0 ? null : again.ToHashSet(), Events);

    /// <summary>Lets time pass in which the toolkit does nothing.</summary>
    public Task PassAsync(TimeSpan time) => Time.RunAsync(async () =>
    {
        await Task.Delay(time, Time);
        return time;
    });

    public async Task<IReadOnlyList<string>> ClustersAsync()
    {
        var names = new List<string>();
        await foreach (var cluster in Toolkit.ListClustersAsync())
        {
            names.Add(cluster.Cluster.Name);
        }

        return names;
    }

    public async Task<IReadOnlyList<NodeRecord>> NodesAsync(NodeQuery query)
    {
        var nodes = new List<NodeRecord>();
        await foreach (var node in Toolkit.ListNodesAsync(query))
        {
            nodes.Add(node);
        }

        return nodes;
    }

    /// <summary>What the API itself lists.</summary>
    public async Task<IReadOnlyList<JsonElement>> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.Url, $"/v4/{path}"));
        request.Headers.Authorization = new("Bearer", "a-token-for-tests");
        using var answer = await Control.SendAsync(request);
        return [.. (await ReadAsync(answer)).GetProperty("data").EnumerateArray()];
    }

    /// <summary>The route, as the counters have it, of a request as faults name it: <c>POST /linode/instances/*/boot</c>.</summary>
    public static string RouteOf(string request) => request.Split(" /")[1].Replace("instances/*", "instances/{linodeId}", StringComparison.Ordinal);

    /// <summary>Lets something go wrong from now on; the text is as the emulator's FaultSpec reads it.</summary>
    public async Task FaultAsync(string spec)
    {
        using var answer = await Control.PostAsync("faults", new StringContent(JsonSerializer.Serialize(new { spec })));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Lets nothing go wrong any more.</summary>
    public async Task ClearFaultsAsync() => (await Control.DeleteAsync("faults")).EnsureSuccessStatusCode();

    /// <summary>How often each fault has struck, in the order they were set.</summary>
    public async Task<IReadOnlyList<int>> StruckAsync() =>
        [.. (await ControlAsync("faults")).EnumerateArray().Select(fault => fault.GetProperty("struck").GetInt32())];

    /// <summary>When such requests came and how they were answered.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, int Status)>> RequestsAsync(string method, string path) =>
        [.. (await ControlAsync($"requests?method={method}&path={path}")).EnumerateArray().Select(row => (
            row.GetProperty("time").GetDateTimeOffset(), row.GetProperty("status").GetInt32()))];

    /// <summary>Requests that were to change something, as <c>POST /v4/volumes 200</c>, in order.</summary>
    public async Task<IReadOnlyList<string>> WritesAsync() =>
        [.. (await ControlAsync("requests")).EnumerateArray().Where(row => row.GetProperty("method").GetString() != "GET").Select(row =>
            $"{row.GetProperty("method")} {row.GetProperty("path")} {row.GetProperty("status")}")];

    /// <summary>Does something in the account that the toolkit knows nothing of.</summary>
    public async Task<JsonElement> BehindItsBackAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(emulator.Url, $"/v4/{path}")) { Content = json is null ? null : new StringContent(json) };
        request.Headers.Authorization = new("Bearer", "a-token-for-tests");
        using var answer = await Control.SendAsync(request);
        return await ReadAsync(answer);
    }

    /// <summary>How often the emulator answered such a request.</summary>
    public async Task<int> CountAsync(string method, string route) => (await ControlAsync("counters")).GetProperty("requests").EnumerateArray()
        .Where(row => row.GetProperty("method").GetString() == method && row.GetProperty("route").GetString() == route)
        .Sum(row => row.GetProperty("count").GetInt32());

    /// <summary>How many requests the rate limits refused.</summary>
    public async Task<int> RefusedAsync() => (await ControlAsync("counters")).GetProperty("refused_429").GetInt32();

    /// <summary>How many of each there are in the cloud.</summary>
    public async Task<int[]> CountsAsync(params string[] kinds)
    {
        var counts = (await ControlAsync("status")).GetProperty("counts");
        return [.. kinds.Select(kind => counts.GetProperty(kind).GetInt32())];
    }

    public async Task<JsonElement> ControlAsync(string path) => await ReadAsync(await Control.GetAsync(path));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await Toolkit.DisposeAsync();
        Control.Dispose();
        handler.Dispose();
        await emulator.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // In memory where there is such a place: a run of seconds waits for a disk at each of its commits.
    private static string MakeFolder()
    {
        const string Memory = "/dev/shm";
        return Directory.Exists(Memory)
            ? Directory.CreateDirectory(Path.Combine(Memory, $"lct-world-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory("lct-world-").FullName;
    }

    internal LinodeToolkit Open() => new(with(new LinodeToolkitOptions
    {
        Self = new LeaseHolder("desk", "the only boot", ++Process, "gone"),
        DataFolder = Path.Combine(folder, "data"),
        CacheFolder = Path.Combine(folder, "cache"),
        ApiUrl = new Uri("http://127.0.0.1/"),
        Token = () => new Sensitive("a-token-for-tests"),
        Time = Time,
        Handler = handler,
        Remote = shell(Time),
        MakeKeys = FakeKeys.MakeAsync,
        SecretStore = "none",
    }));
}

/// <summary>A far side that carries on with a request when the near side has hung up, as a cloud does.</summary>
internal sealed class CarriesOn(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, CancellationToken.None).WaitAsync(cancellationToken);
}

/// <summary>Keeps events.</summary>
internal sealed class EventList : IRunObserver
{
    private readonly List<RunEvent> events = [];

    public IReadOnlyList<RunEvent> All => events;

    public void OnEvent(RunEvent happened) => events.Add(happened);
}
