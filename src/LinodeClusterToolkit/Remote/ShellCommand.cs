using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Remote;

/// <summary>A command for a node as data: it becomes text for a shell at the last moment, in one place.</summary>
/// <param name="Program">Program, looked up on the node's path.</param>
/// <param name="Arguments">Its arguments, each taken as it is.</param>
public sealed record ShellCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>What it reads from its standard input; null for nothing. Secrets go this way, never as an argument.</summary>
    public Sensitive? Input { get; init; }

    /// <summary>True runs it as root, through sudo, which must not ask for a password.</summary>
    public bool AsRoot { get; init; }

    /// <summary>How long it may take.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What it is called in messages; the command line where null.</summary>
    public string? Title { get; init; }

    /// <summary>A script given to <c>sh</c> on standard input, run as root.</summary>
    internal static ShellCommand Of(ShellScript script) =>
        new("sh", "-s") { Input = new(script.ToString()), AsRoot = true, Title = script.Name };

    /// <summary>As a POSIX shell takes it.</summary>
    public override string ToString() => ShellText.Join([.. AsRoot ? ["sudo", "-n", "--"] : Array.Empty<string>(), Program, .. Arguments]);
}
