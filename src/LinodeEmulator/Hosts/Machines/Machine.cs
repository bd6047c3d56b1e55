using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Network;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>One node's machine. It is told what it should be and brings itself in line, one thing after another, however fast it is told
/// otherwise.</summary>
internal sealed class Machine
{
    private const int SshPort = 22;
    private static readonly TimeSpan LongestBoot = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly MachineParts _parts;
    private readonly Action<MachineEnd> _ended;
    private readonly NodeNetwork _network;
    private readonly ConsoleLog _console;
    private readonly MachineDisks _disks;
    private readonly Lane _lane;
    private volatile MachinePlan _wanted;
    private volatile bool _isGone;
    private volatile bool _byImpostor;
    private volatile Container? _container;
    private MachinePlan? _running;
    private bool _impostorRuns;

    /// <summary>The boot after which the system ended by itself, or could not be booted: it is not started again for that one.</summary>
    private int _endedBoot = -1;

    public Machine(MachinePlan plan, MachineParts parts, Action<MachineEnd> ended)
    {
        (_wanted, _parts, _ended) = (plan, parts, ended);
        var (ground, folder) = (parts.Ground, parts.Ground.MachineFolder(plan.Id));
        _network = new NodeNetwork(ground, parts.Fabric, ground.NamespaceOf(plan.Id), plan.Id);
        Files.MakePrivateFolder(folder);
        _console = new ConsoleLog($"{folder}/console.log");
        _disks = new MachineDisks(parts, plan.Id, _console);
        _lane = new Lane(LiveAsync);
        _lane.Wake();
    }

    public string Console => _console.Read();

    public MachineView View
    {
        get
        {
            var plan = _wanted;
            return new MachineView(
                plan.Id, plan.Label, plan.Region, Phase, Problem, _container?.Init, _network.Name, [.. plan.Addresses], _console.Path, plan.Boots);
        }
    }

    private string Phase { get; set; } = "off";

    private string? Problem { get; set; }

    private bool IsUrgent => _isGone || _wanted.Lost;

    /// <summary>Tells it what to be from now on.</summary>
    public void Want(MachinePlan plan)
    {
        // An image that was asked for is made, however soon the disk, or the whole node, is deleted after.
        var wanted = plan with { Captures = [.. _wanted.Captures.Union(plan.Captures)] };
        if (!wanted.Equals(_wanted))
        {
            _wanted = wanted;
            _lane.Wake();
        }
    }

    /// <summary>Takes it away with all that is its own.</summary>
    public Task DiscardAsync()
    {
        _isGone = true;
        return _lane.Wake();
    }

    /// <summary>The emulator ends: the system is stopped in good order, its disks stay.</summary>
    public Task CloseAsync()
    {
        _wanted = _wanted with { On = false };
        return _lane.Wake();
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
        _lane.Wake();
    }

    /// <summary>Takes the power away.</summary>
    public void Cut() => _container?.CutAsync();

    private async Task LiveAsync()
    {
        var plan = _wanted;
        try
        {
            await BringInLineAsync(plan);
            Problem = Phase == "failed" ? Problem : null;
        }
        catch (Exception wrong)
        {
            // Whatever it was, it is this machine's trouble alone.
            _console.Say(wrong.Message);
            await StopAsync(urgently: true);
            (Phase, Problem, _endedBoot) = ("failed", wrong.Message, plan.Boots);
        }
    }

    private async Task BringInLineAsync(MachinePlan plan)
    {
        if (_container is { HasEnded: true } ended)
        {
            await SettleEndAsync(ended, plan);
        }

        if (_running is { } running && (_isGone || !plan.On || plan.Boots != running.Boots || _byImpostor != _impostorRuns))
        {
            await StopAsync(urgently: false);
        }

        // What was asked for since, too: after this the disks may be gone.
        await _disks.CopyAsync(_wanted);
        if (_isGone)
        {
            await _network.TakeDownAsync();
            _disks.Delete();
            return;
        }

        _disks.Forget(plan);
        await _parts.Doors.FollowAsync(plan);
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
        var turn = await _parts.TurnAsync();
        try
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
            await _parts.Doors.ShutAsync(plan);
            await _network.OpenAsync(plan.Cards.Count);
            _ = GiveBackAsync(turn, Launch(plan));
            turn = null;
        }
        finally
        {
            turn?.Dispose();
        }
    }

    /// <summary>Another may boot when this one has booted, as far as that can be told from outside.</summary>
    private static async Task GiveBackAsync(IDisposable turn, Container container)
    {
        using (turn)
        {
            for (var waited = TimeSpan.Zero; waited < LongestBoot && !container.HasEnded && !container.Answers(SshPort); waited += Glance)
            {
                await Task.Delay(Glance);
            }
        }
    }

    private Container Launch(MachinePlan plan)
    {
        var groups = ControlGroups.OfEmulator(_parts.Ground.Number).Child($"{plan.Id}");
        var container = Container.Start(_disks.Root, _network.Name, Ground.PathOf(_network.Name), groups, _console);
        (_container, _running, Phase) = (container, plan, "running");
        _ = WatchAsync(container);
        return container;
    }

    private async Task WatchAsync(Container container)
    {
        await container.EndAsync();
        _ = _lane.Wake();
    }

    /// <summary>What ended without having been stopped is started again when it asked for that, and told to the cloud when not.</summary>
    private async Task SettleEndAsync(Container container, MachinePlan plan)
    {
        var again = await container.EndAsync() == Container.Rebooted && plan.On && !_isGone && plan.Boots == _running!.Boots;
        await container.CutAsync();
        container.Dispose();
        _container = null;
        if (again)
        {
            await _parts.Doors.ShutAsync(plan);
            Launch(_running!);
            return;
        }

        (Phase, _endedBoot) = ("off", _running!.Boots);
        await _network.ShutAsync();
        await _disks.UnmountAsync();
        _running = null;
        _ended(new MachineEnd(plan.Id, _endedBoot));
    }

    private async Task StopAsync(bool urgently)
    {
        Phase = "stopping";
        if (_container is { } container)
        {
            await container.StopAsync(() => urgently || IsUrgent);
            _container = null;
            container.Dispose();
        }

        if (!_isGone)
        {
            await _network.ShutAsync();
        }

        await _disks.UnmountAsync();
        (Phase, _running) = ("off", null);
    }
}
