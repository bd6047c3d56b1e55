using LinodeEmulator.State;

namespace LinodeEmulator.Hosts;

/// <summary>What stands behind the nodes of the cloud. It follows the cloud and has no say in it but one: that a machine ended by
/// itself.</summary>
internal interface IHostKind : IAsyncDisposable
{
    /// <summary>The name it is chosen by, and shown under in the status.</summary>
    string Name { get; }

    /// <summary>What a person must know who takes the emulator's word for a node.</summary>
    string Note { get; }

    /// <summary>Whether systems boot, and so must when it is time though nobody asks.</summary>
    bool AreReal { get; }

    /// <summary>How a root password is kept until a system needs it: as a hash. None where no system ever will.</summary>
    Func<string, string>? Seal { get; }

    /// <summary>Where public addresses come from.</summary>
    PublicNetworks PublicNetworks { get; }

    /// <summary>Where the file of an image that is sent is to be kept; none where no system will ever boot from it.</summary>
    string? ImageFile(long id);

    /// <summary>The machines, where there are any.</summary>
    IMachines? Machines { get; }

    /// <summary>Makes ready what all nodes need. Until it is called nothing happens, whatever is followed.</summary>
    Task StartAsync(IHostOwner owner, CancellationToken cancel);

    /// <summary>Ends when what was asked to be copied by now has been: an answer waits for it, so that what is written later is not part of a copy.</summary>
    Task SettleAsync() => Task.CompletedTask;

    /// <summary>Something may have changed: brings the hosts in line, in the background. Called by whoever holds the cloud.</summary>
    void Follow(Cloud cloud);
}

/// <summary>The machine of a Linode has powered off in the given one of its boots.</summary>
internal readonly record struct MachineEnd(long LinodeId, int Boots);
