namespace EndToEnd.Tests.Machines;

/// <summary>A fact about systems that really boot; skipped, with a word on what is missing, where they cannot or where there is no such
/// judge.</summary>
public sealed class MachinesFactAttribute : FactAttribute
{
    private static readonly string[] Needed = ["systemd-nspawn", "debootstrap", "ip", "nft", "ssh", "ssh-keygen"];

    public MachinesFactAttribute(string? judge = null) =>
        Skip = Missing
            ?? (judge is null || Program.Find(judge) is not null ? null : $"{judge} is not on this machine; tests/run installs it where it can");

    /// <summary>Why no system can boot here, or null where they can.</summary>
    public static string? Missing { get; } =
        !OperatingSystem.IsLinux() ? "real machines need Linux"
        : Environment.UserName != "root" ? "real machines need root"
        : Needed.FirstOrDefault(program => Program.Find(program) is null) is { } absent ? $"real machines need {absent}, which is not here" : null;
}
