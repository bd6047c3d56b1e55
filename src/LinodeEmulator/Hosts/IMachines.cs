namespace LinodeEmulator.Hosts;

/// <summary>A machine as the control plane shows it.</summary>
internal sealed record MachineView(
    long Id, string Label, string Region, string Phase, string? Problem, int? Pid, string Namespace, IReadOnlyList<string> Addresses, string Console,
    int Boots);

/// <summary>A namespace on the private network of a region that belongs to nobody in the cloud.</summary>
internal sealed record StrangerView(string Region, string Namespace, IReadOnlyList<string> Addresses);

/// <summary>What can be asked of real machines beside the API.</summary>
internal interface IMachines
{
    IReadOnlyList<MachineView> All { get; }

    IReadOnlyList<StrangerView> Strangers { get; }

    /// <summary>What a machine wrote to its console, as far as it is kept; null when there is no such machine.</summary>
    string? Console(long id);

    /// <summary>Takes the power away, as when the host dies. False when there is no such machine.</summary>
    bool Cut(long id);

    /// <summary>Puts another system in a machine's place, with the same addresses and keys of its own, or takes it away again.</summary>
    bool Replace(long id, bool byImpostor);
}
