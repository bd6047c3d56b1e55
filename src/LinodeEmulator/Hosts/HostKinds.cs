namespace LinodeEmulator.Hosts;

/// <summary>Each kind of host there is, one line each.</summary>
internal static class HostKinds
{
    public static IReadOnlyList<IHostKind> All { get; } = [new RecordHosts()];
}
