using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Metadata;
using LinodeEmulator.Hosts.Machines.Network;
using LinodeEmulator.Hosts.Machines.Plans;
using LinodeEmulator.Hosts.Machines.Storage;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>Nodes that are real: each a Debian system of its own.</summary>
internal sealed class MachineHosts : IHostKind, IMachines
{
    private readonly Ground _ground;
    private readonly MachineParts _parts;
    private readonly RootFilesystem _rootFilesystem;
    private readonly Dictionary<long, Machine> _machines = [];
    private readonly List<Task> _leaving = [];
    private readonly VolumeFiles _volumes;
    private readonly Lock _gate = new();
    private IHostOwner? _owner;
    private MetadataService? _metadata;
    private readonly CancellationTokenSource _closing = new();
    private long _followed = -1;
    private Task _looking = Task.CompletedTask;
    private Task? _started;
    private string? _problem;

    private MachineHosts(EmulatorOptions options)
    {
        _ground = Ground.Take(options.StateDirectory);
        _parts = new MachineParts(_ground);
        _volumes = new VolumeFiles(_ground);
        _rootFilesystem = new RootFilesystem(options.MachinePackages);
    }

    public string Name => "machines";

    public string Note =>
        "nodes are real Debian 12 systems in containers, whatever their image id says; they share this machine's kernel, processors and memory and "
        + "are no security boundary; balancers carry no traffic; nothing reaches the internet"
        + (_problem is null ? "" : $"; the packet filter is not as it should be: {_problem}");

    public bool AreReal => true;

    public Func<string, string>? Seal => PasswordHash.Of;

    public PublicNetworks PublicNetworks => PublicNetworks.Slice(_ground.Number);

    IMachines? IHostKind.Machines => this;

    public IReadOnlyList<MachineView> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _machines.Values.Select(machine => machine.View).OrderBy(view => view.Id)];
            }
        }
    }

    public string? ImageFile(long id) => _parts.Images.PathOf(id);

    public IReadOnlyList<StrangerView> Strangers => _parts.Strangers.All;

    public static IHostKind Open(EmulatorOptions options)
    {
        if (options.Clock != TimeProvider.System)
        {
            throw new PlatformNotSupportedException("real machines live by the real clock: leave out the virtual one, or choose the hosts 'records'");
        }

        return Needs.Missing() is { } missing
            ? throw new PlatformNotSupportedException($"the hosts 'machines' cannot run here: {missing}")
            : new MachineHosts(options);
    }

    /// <summary>Real machines where they can be had.</summary>
    public static IHostKind OpenOrElse(EmulatorOptions options) =>
        (options.Clock == TimeProvider.System ? Needs.Missing() : "the clock is not the real one") is { } reason
            ? new RecordHosts($"real machines are not to be had: {reason}")
            : new MachineHosts(options);

    /// <summary>Builds the root filesystem beforehand and tells where it is.</summary>
    public static Task<string> PrepareAsync(EmulatorOptions options) => Needs.Missing() is { } missing
        ? throw new PlatformNotSupportedException($"the root filesystem cannot be built here: {missing}")
        : new RootFilesystem(options.MachinePackages).BuildAsync(CancellationToken.None);

    public Task StartAsync(IHostOwner owner, CancellationToken cancel)
    {
        lock (_gate)
        {
            _owner = owner;
            return _started ??= MakeReadyAsync(cancel);
        }
    }

    public Task SettleAsync() => _parts.Copies.SettleAsync();

    public void Follow(Cloud cloud)
    {
        if (_followed == cloud.Version)
        {
            return;
        }

        _followed = cloud.Version;
        var plans = PlanReader.Read(cloud);
        _parts.Filter.Want(RulesetText.Of(GuardReader.Read(cloud, plans)));
        _ = LoadFilterAsync();
        _parts.Copies.Follow(cloud);
        _volumes.Follow(cloud);
        _parts.Images.Follow(cloud);
        lock (_gate)
        {
            foreach (var plan in plans)
            {
                _parts.Images.Expect(plan.Captures);
                if (_machines.TryGetValue(plan.Id, out var known))
                {
                    known.Want(plan);
                }
                else
                {
                    _machines[plan.Id] = new Machine(plan, _parts, end => _owner?.MachineEnded(end));
                }
            }

            foreach (var gone in _machines.Keys.Except(plans.Select(plan => plan.Id)).ToList())
            {
                _machines.Remove(gone, out var machine);
                _leaving.RemoveAll(task => task.IsCompleted);
                _leaving.Add(machine!.DiscardAsync());
            }
        }
    }

    public string? Console(long id) => Find(id)?.Console;

    public bool Cut(long id)
    {
        var machine = Find(id);
        machine?.Cut();
        return machine is not null;
    }

    public bool Replace(long id, bool byImpostor)
    {
        var machine = Find(id);
        machine?.Replace(byImpostor);
        return machine is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _looking;
        _parts.NeverReady("the emulator ends");
        List<Task> all;
        lock (_gate)
        {
            all = [.. _leaving, .. _machines.Values.Select(machine => _ground.IsKept ? machine.CloseAsync() : machine.DiscardAsync())];
        }

        await Task.WhenAll(all);
        // By now each machine has taken its own away; this finds whatever one could not.
        await (_metadata?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _parts.Strangers.TakeDownAsync();
        await Sweep.OneAsync(_ground.Number);
        if (!_ground.IsKept && Directory.Exists(_ground.Folder))
        {
            Directory.Delete(_ground.Folder, recursive: true);
        }

        KernelLimits.PutBack(_ground.Number);
        _parts.Dispose();
        _closing.Dispose();
        _ground.Dispose();
    }

    private async Task MakeReadyAsync(CancellationToken cancel)
    {
        try
        {
            var root = _rootFilesystem.BuildAsync(cancel);
            await Sweep.OneAsync(_ground.Number);
            await Sweep.AllAsync();
            _ground.Occupy();
            KernelLimits.Raise();
            await _parts.Fabric.BuildAsync();
            _metadata = new MetadataService(_ground, _owner!);
            await _metadata.StartAsync();
            _parts.Ready(await root);
            _looking = LookAsync();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            _parts.NeverReady(wrong.Message);
            throw;
        }
    }

    /// <summary>Whoever makes a filesystem and mounts it by its UUID does not want to wait for the link.</summary>
    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                List<Machine> all;
                lock (_gate)
                {
                    all = [.. _machines.Values];
                }

                all.ForEach(machine => machine.Look());
            }
        }
        catch (OperationCanceledException)
        {
            // The emulator ends.
        }
    }

    /// <summary>Rules of nodes that run already take effect without anything else happening to them.</summary>
    private async Task LoadFilterAsync()
    {
        try
        {
            await _parts.ReadyAsync();
            await _parts.Filter.EnsureAsync();
            _problem = null;
        }
        catch (IOException wrong)
        {
            _problem = wrong.Message;
        }
    }

    private Machine? Find(long id)
    {
        lock (_gate)
        {
            return _machines.GetValueOrDefault(id);
        }
    }
}
