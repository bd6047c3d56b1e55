using System.Runtime.InteropServices;

namespace EndToEnd.Tests.Deaths;

/// <summary>A fact that needs a program to be stopped at its system calls; skipped aloud where that is not done here.</summary>
public sealed class TracingFactAttribute : FactAttribute
{
    public TracingFactAttribute() => Skip =
        !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture is not (Architecture.X64 or Architecture.Arm64) ? "needs Linux on x64 or arm64"
        : Machines.Program.Find("python3") is null ? "needs python3"
        : null;
}
