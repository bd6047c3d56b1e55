using LinodeEmulator.Endpoints;
using LinodeEmulator.Endpoints.Control;
using LinodeEmulator.Endpoints.V3;
using LinodeEmulator.Endpoints.V4;
using LinodeEmulator.Faults;
using LinodeEmulator.Hosts;
using LinodeEmulator.Http;
using LinodeEmulator.Limits;
using LinodeEmulator.State;
using LinodeEmulator.State.Work;
using LinodeEmulator.Time;

namespace LinodeEmulator;

/// <summary>The emulator without a transport: requests in, answers out. One request at a time touches the cloud.</summary>
internal sealed class EmulatorCore : IHostOwner, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Versions = ["/v4/", "/v4beta/"];

    private readonly Lock _gate = new();
    private readonly EmulatorOptions _options;
    private readonly Cloud _cloud;
    private readonly Journal? _journal;
    private readonly RateLimiter _limiter;
    private readonly ApiV4 _api;
    private readonly ApiV3 _older;
    private readonly CancellationTokenSource _ended = new();
    private Task? _ticking;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="options">How it is to behave.</param>
    /// <param name="seat">Whose it is, where several accounts are served.</param>
    /// <param name="numbers">Numbers its requests with those of the others.</param>
    public EmulatorCore(EmulatorOptions options, AccountSeat? seat = null, RequestNumbers? numbers = null)
    {
        _options = options;
        Log = new RequestLog(seat?.Name, numbers);
        _cloud = new Cloud(Catalogue.Of(options.Catalogue), new Latency(options.Latency, options.Seed), HostKinds.Open(options), seat);
        _journal = options.StateDirectory is { } directory ? Journal.Open(directory, _cloud) : null;
        _limiter = new RateLimiter(options.Limits);
        Faults = new FaultBook(options.Faults, options.Seed);
        FaultControl = new FaultControl(Faults, _cloud, options.Seed);
        ContinueClock();
        var routes = Families.Map();
        Login = new OauthLogin(options);
        _api = new ApiV4(options, Login, _cloud, routes, _limiter, Faults, Log, _journal, _gate);
        _older = new ApiV3(new Parts(options, Login, _cloud, routes, Faults), _limiter, Log, _journal, _gate);
        _cloud.Console = new ConsoleUser(_cloud, routes, Faults).Do;
        Control = new ControlPlane(this);
        Uploads = new UploadDoor(() => Now, this, _cloud.Hosts.ImageFile);
    }

    public static string Version { get; } = typeof(EmulatorCore).Assembly.GetName().Version?.ToString(3) ?? "0";

    public FaultBook Faults { get; }

    public FaultControl FaultControl { get; }

    public RequestLog Log { get; }

    public OauthLogin Login { get; }

    public ControlPlane Control { get; }

    /// <summary>Where files of images are sent.</summary>
    public UploadDoor Uploads { get; }

    /// <summary>Name of the account, where there are several.</summary>
    public string? Account => _cloud.Seat?.Name;

    public IHostKind Hosts => _cloud.Hosts;

    /// <summary>Ends when somebody asks the control plane to stop.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Lets the hosts come to life. Real ones boot when it is time, though nobody asks.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await Hosts.StartAsync(this, cancel);
        lock (_gate)
        {
            _ticking ??= Hosts.AreReal ? TickAsync() : Task.CompletedTask;
        }
    }

    public DateTime Now => _options.Clock.GetUtcNow().UtcDateTime;

    public async Task<EmulatorResponse> HandleAsync(EmulatorRequest request, CancellationToken cancel)
    {
        if (ControlPlane.IsFor(request))
        {
            return InTurn(() => Control.Handle(request));
        }

        if (request.Path == OauthLogin.Path)
        {
            return Login.Handle(request);
        }

        if (_ticking is null)
        {
            await StartAsync(cancel);
        }

        var answer = await AnswerAsync(request, cancel);
        await (request.Method == "POST" ? Hosts.SettleAsync() : Task.CompletedTask);
        return answer;
    }

    private async Task<EmulatorResponse> AnswerAsync(EmulatorRequest request, CancellationToken cancel)
    {
        if (ApiV3.IsFor(request))
        {
            return await _older.HandleAsync(request, cancel);
        }

        return Versions.FirstOrDefault(version => request.Path.StartsWith(version, StringComparison.Ordinal)) is { } prefix
            ? await _api.HandleAsync(request, request.Path[prefix.Length..], cancel)
            : Reply.Of(ApiProblem.NotFound);
    }

    public StatusWire Status()
    {
        _cloud.CatchUp(Now);
        var counts = new CountsWire(
            Linodes: _cloud.Instances.Rows.Count,
            Running: _cloud.Instances.Rows.Count(row => row.Status == InstanceStatus.Running),
            Disks: _cloud.Disks.Rows.Count,
            Volumes: _cloud.Volumes.Rows.Count,
            Nodebalancers: _cloud.Balancers.Rows.Count,
            Firewalls: _cloud.Firewalls.Rows.Count,
            Images: _cloud.Images.Rows.Count,
            Stackscripts: _cloud.Scripts.Rows.Count,
            Events: _cloud.Events.Table.Rows.Count,
            OpenJobs: _cloud.Work.Open,
            Requests: Log.Requests.Count(),
            Faults: Faults.Standing.Count);
        return new StatusWire(
            Version, Hosts.Name, Hosts.Note, _options.Seed, LatencyName, _options.Limits.Name, _cloud.Catalogue.Name, ClockNow(),
            _options.StateDirectory, counts, [.. Faults.Standing.Select(fault => fault.Text)]);
    }

    public string LatencyName => _options.Latency.ToString().ToLowerInvariant();

    public string CatalogueName => _cloud.Catalogue.Name;

    public ClockWire ClockNow() => new(ClockKind, ApiTime.Text(Now) + "Z");

    public string ClockKind => _options.Clock switch
    {
        VirtualClock => "virtual",
        _ when _options.Clock == TimeProvider.System => "real",
        _ => "host",
    };

    public void Advance(TimeSpan by)
    {
        if (_options.Clock is not VirtualClock clock)
        {
            throw ApiProblem.Refused($"The clock is {ClockKind}; only a virtual one can be advanced");
        }

        clock.Advance(by);
        Arrive();
    }

    /// <summary>A virtual clock was advanced.</summary>
    public void Arrive()
    {
        _cloud.Account = _cloud.Account with { ClockLeftAt = Now };
        _cloud.CatchUp(Now);
    }

    /// <summary>An empty cloud, as on the first start; faults as they were given then.</summary>
    public void Reset()
    {
        _cloud.Clear();
        _limiter.Clear();
        Faults.Reset();
        Log.Clear();
        _journal?.StartOver();
    }

    /// <summary>The machine under a node is lost for good. False when there is no such node.</summary>
    public bool LoseHost(long linodeId)
    {
        _cloud.CatchUp(Now);
        var isThere = _cloud.Instances.Find(linodeId) is not null;
        if (isThere)
        {
            Power.LoseHost(_cloud, linodeId, Now);
        }

        return isThere;
    }

    public void MachineEnded(MachineEnd end)
    {
        lock (_gate)
        {
            _cloud.CatchUp(Now);
            Lassie.PoweredOff(_cloud, end, Now);
            _journal?.Save();
            Hosts.Follow(_cloud);
        }
    }

    public T Ask<T>(Func<Cloud, T> question)
    {
        lock (_gate)
        {
            return question(_cloud);
        }
    }

    public T Do<T>(Func<Cloud, T> work) => InTurn(() =>
    {
        _cloud.CatchUp(Now);
        return work(_cloud);
    });

    /// <summary>Does something while no request is let in.</summary>
    public T InTurn<T>(Func<T> work)
    {
        lock (_gate)
        {
            var answer = work();
            _journal?.Save();
            Hosts.Follow(_cloud);
            return answer;
        }
    }

    public void Stop() => _stopped.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        _ended.Cancel();
        await (_ticking ?? Task.CompletedTask);
        await Hosts.DisposeAsync();
        lock (_gate)
        {
            _journal?.Dispose();
        }

        _ended.Dispose();
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        await Task.Yield();
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                lock (_gate)
                {
                    _cloud.CatchUp(Now);
                    _journal?.Save();
                    Hosts.Follow(_cloud);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The emulator ends.
        }
    }

    /// <summary>A virtual clock goes on from where it was left when the cloud was kept.</summary>
    private void ContinueClock()
    {
        if (_options.Clock is VirtualClock clock && _cloud.Account.ClockLeftAt is { } left && left > Now)
        {
            clock.Advance(left - Now);
        }
    }
}
