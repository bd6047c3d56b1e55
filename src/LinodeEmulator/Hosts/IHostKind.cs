using LinodeEmulator.State;

namespace LinodeEmulator.Hosts;

/// <summary>What stands behind the nodes of the cloud. Called when a node's state has changed, never to ask whether it may.</summary>
internal interface IHostKind
{
    /// <summary>The name it is chosen by, and shown under in the status.</summary>
    string Name { get; }

    /// <summary>What a person must know who takes the emulator's word for a node.</summary>
    string Note { get; }

    void PowerOn(Instance instance);

    void PowerOff(Instance instance);

    /// <summary>The node's disks are new, or gone with the node.</summary>
    void Discard(Instance instance);
}
