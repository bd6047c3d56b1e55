using EndToEnd.Tests.Machines;

namespace EndToEnd.Tests;

/// <summary>A fact that root alone can bring about; skipped aloud for anybody else.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute(string program) => Skip = WhyNot(program);

    internal static string? WhyNot(string program) =>
        !OperatingSystem.IsLinux() || Environment.UserName != "root" ? "needs root on Linux"
        : Program.Find(program) is null ? $"needs {program}"
        : null;
}

/// <summary>The same with several inputs.</summary>
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute(string program) => Skip = RootFactAttribute.WhyNot(program);
}
