using LinodeEmulator.State;

namespace LinodeEmulator.Hosts;

/// <summary>What hosts may say to, and ask of, the emulator that they belong to. Both take their turn at the cloud.</summary>
internal interface IHostOwner
{
    /// <summary>A machine has ended without having been asked to.</summary>
    void MachineEnded(MachineEnd end);

    T Ask<T>(Func<Cloud, T> question);

    /// <summary>The same, for what changes the cloud.</summary>
    T Do<T>(Func<Cloud, T> work);
}
