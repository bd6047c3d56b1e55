using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Network;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>One node's machine. It is told what it should be and brings itself in line, one thing after another, however fast it is told
/// otherwise.</summary>
internal sealed class Machine
{
    private readonly Lock _gate = new();
    private readonly MachineParts _parts;
    private readonly Action<MachineEnd> _ended;
    private readonly NodeNetwork _network;
    private readonly ConsoleLog _console;
    private readonly MachineDisks _disks;
    private MachinePlan _wanted;
    private Task _lane = Task.CompletedTask;
    private bool _isStale;
    private Container? _container;
    private MachinePlan? _running;
    private volatile bool _byImpostor;
    private bool _impostorRuns;

    /// <summary>The boot after which the system ended by itself: it is not started again for that one.</summary>
    private int _endedBoot = -1;

    public Machine(MachinePlan plan, MachineParts parts, Action<MachineEnd> ended)
    {
        (_wanted, _parts, _ended) = (plan, parts, ended);
        _network = new NodeNetwork(parts.Ground, parts.Fabric, parts.Ground.NamespaceOf(plan.Id), plan.Id);
        Files.MakePrivateFolder(parts.Ground.MachineFolder(plan.Id));
        _console = new ConsoleLog($"{parts.Ground.MachineFolder(plan.Id)}/console.log");
        _disks = new MachineDisks(parts, plan.Id, _console);
        _isStale = true;
    }

    public MachinePlan Wanted => _wanted;

    public string Console => _console.Read();

    public MachineView View => new(
        _wanted.Id, _wanted.Label, _wanted.Region, Phase, Problem, _container?.Init, _network.Name, [.. _wanted.Addresses], _console.Path, _wanted.Boots);

    private string Phase { get; set; } = "off";

    private string? Problem { get; set; }

    /// <summary>Whether its node is gone, and nothing of it should be left.</summary>
    private bool IsGone { get; set; }

    private bool IsUrgent => IsGone || _wanted.Lost;

    /// <summary>Tells it what to be from now on.</summary>
    public void Want(MachinePlan plan)
    {
        if (!plan.Equals(_wanted) || _isStale)
        {
            lock (_gate)
            {
                _wanted = plan;
            }

            Wake();
        }
    }

    /// <summary>Takes it away with all that is its own.</summary>
    public Task DiscardAsync()
    {
        IsGone = true;
        return Wake();
    }

    /// <summary>The emulator ends: the system is stopped, its disks stay.</summary>
    public async Task CloseAsync(bool inGoodOrder)
    {
        Want(_wanted with { On = false, Lost = !inGoodOrder });
        await Wake();
    }

    /// <summary>A look at what the system has done with its drives.</summary>
    public void Look()
    {
        if (_container?.Init is { } init)
        {
            try
            {
                _disks.Look(init);
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                // It is going down this moment.
            }
        }
    }

    /// <summary>Another system takes its place, or it takes its own again.</summary>
    public void Replace(bool byImpostor)
    {
        _byImpostor = byImpostor;
        Wake();
    }

    /// <summary>Takes the power away.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _container?.CutAsync();
        }
    }

    private Task Wake()
    {
        lock (_gate)
        {
            _isStale = true;
            return _lane = _lane.IsCompleted ? Task.Run(LiveAsync) : _lane;
        }
    }

    private async Task LiveAsync()
    {
        while (Take() is { } plan)
        {
            try
            {
                await BringInLineAsync(plan);
                Problem = null;
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                _console.Say(wrong.Message);
                await StopAsync(urgently: true);
                (Phase, Problem, _endedBoot) = ("failed", wrong.Message, plan.Boots);
            }
        }
    }

    private MachinePlan? Take()
    {
        lock (_gate)
        {
            if (!_isStale)
            {
                // The lane ends under the gate, so that whoever comes now starts a new one.
                _lane = Task.CompletedTask;
                return null;
            }

            _isStale = false;
            return _wanted;
        }
    }

    private async Task BringInLineAsync(MachinePlan plan)
    {
        if (_running is { } running && (IsGone || !plan.On || plan.Boots != running.Boots || _byImpostor != _impostorRuns))
        {
            await StopAsync(urgently: false);
        }

        if (IsGone)
        {
            await _network.TakeDownAsync();
            _disks.Delete();
            return;
        }

        _disks.Forget(plan);
        if (_running is null && plan is { On: true, Lost: false } && plan.Boots != _endedBoot)
        {
            await StartAsync(plan);
        }
        else if (_container is { } container && await container.InitAsync() is { } init)
        {
            await _disks.FollowAsync(plan, init);
        }
    }

    private async Task StartAsync(MachinePlan plan)
    {
        Phase = "starting";
        var shared = await _parts.ReadyAsync();
        using (await _parts.TurnAsync())
        {
            await _parts.Strangers.EnsureAsync(plan.Region);
            await _network.MakeAsync(plan.Region, plan.Cards, plan.Resolvers);
            if (!await _disks.MountAsync(plan, shared, _impostorRuns = _byImpostor))
            {
                (Phase, _running) = ("no system", plan);
                return;
            }

            // In force before the first packet can pass.
            await _parts.Filter.EnsureAsync();
            await _network.OpenAsync(plan.Cards.Count);
            Launch(plan);
        }
    }

    private void Launch(MachinePlan plan)
    {
        var groups = ControlGroups.OfEmulator(_parts.Ground.Number).Child($"{plan.Id}");
        var container = Container.Start(
            _disks.Root, _network.Name, Ground.PathOf(_network.Name), groups, _console);
        lock (_gate)
        {
            (_container, _running, Phase) = (container, plan, "running");
        }

        _ = WatchAsync(container, plan);
    }

    /// <summary>What ends without having been stopped is started again when it asked for that, and told to the cloud when not.</summary>
    private async Task WatchAsync(Container container, MachinePlan plan)
    {
        var code = await container.EndAsync();
        lock (_gate)
        {
            if (_container != container)
            {
                return;
            }

            _container = null;
        }

        await container.CutAsync();
        if (code == Container.Rebooted)
        {
            Launch(plan);
            return;
        }

        (Phase, _endedBoot) = ("off", plan.Boots);
        await _disks.UnmountAsync();
        _running = null;
        _ended(new MachineEnd(plan.Id, plan.Boots));
    }

    private async Task StopAsync(bool urgently)
    {
        Phase = "stopping";
        Container? container;
        lock (_gate)
        {
            (container, _container) = (_container, null);
        }

        if (container is not null)
        {
            await container.StopAsync(() => urgently || IsUrgent);
            container.Dispose();
        }

        await _disks.UnmountAsync();
        (Phase, _running) = ("off", null);
    }
}
