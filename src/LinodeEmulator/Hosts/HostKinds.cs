using LinodeEmulator.Hosts.Machines;

namespace LinodeEmulator.Hosts;

/// <summary>Each kind of host there is, one line each.</summary>
internal static class HostKinds
{
    private static readonly (string Name, Func<EmulatorOptions, IHostKind> Make)[] All =
    [
        ("records", _ => new RecordHosts()),
        ("machines", MachineHosts.Open),
        ("auto", MachineHosts.OpenOrElse),
    ];

    public static IEnumerable<string> Names => All.Select(kind => kind.Name);

    /// <exception cref="PlatformNotSupportedException">This machine cannot have them; the message says what is missing.</exception>
    public static IHostKind Open(EmulatorOptions options) => (options.Hosts, Several: options.Accounts.Count > 0) switch
    {
        ("machines", true) => throw new PlatformNotSupportedException(
            "real machines serve one account alone: leave out --account, or choose the hosts 'records'"),
        ("auto", true) => new RecordHosts("real systems serve one account alone"),
        _ => OfKind(options),
    };

    private static IHostKind OfKind(EmulatorOptions options) =>
        All.FirstOrDefault(kind => kind.Name == options.Hosts).Make?.Invoke(options)
        ?? throw new ArgumentException($"hosts are one of {string.Join(", ", Names)}, not '{options.Hosts}'", nameof(options));
}
