using LinodeEmulator.Hosts.Machines;

namespace LinodeEmulator.Tests.Hosts.Machines;

/// <summary>A test on systems that really boot; skipped, with a word on what is missing, where they cannot.</summary>
public sealed class MachinesFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(() =>
        Needs.Missing() is { } missing ? $"real machines cannot run here: {missing}"
        : new RootFilesystem([]).IsThere ? null
        : "the root filesystem of real machines is not built; run linode-emulator prepare, as tests/run does");

    public MachinesFactAttribute() => Skip = Missing.Value;
}
