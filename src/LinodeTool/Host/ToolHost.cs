namespace LinodeTool.Host;

/// <summary>All the tool sees of the machine it runs on; tests bring their own.</summary>
internal sealed record ToolHost
{
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Working folder, that relative paths of the command line start from.</summary>
    public required string Folder { get; init; }

    public required string Home { get; init; }

    /// <summary>Folder the program stands in.</summary>
    public required string ProgramFolder { get; init; }

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public Func<ScreenSize> Screen { get; init; } = () => ScreenSize.Default;

    /// <summary>Reads a line without showing it; null at the end of input.</summary>
    public Func<string?> ReadHidden { get; init; } = () => null;

    public Interrupt Interrupt { get; init; } = new(TimeProvider.System);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>An environment variable; null where it is unset or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A path as typed, made absolute; a leading <c>~/</c> that the shell left alone is the home folder.</summary>
    public string FullPath(string path) =>
        Path.GetFullPath(path is "~" ? Home : path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home, path[2..]) : path, Folder);
}

/// <summary>Columns and rows of a terminal.</summary>
internal readonly record struct ScreenSize(int Width, int Height)
{
    public static ScreenSize Default => new(80, 24);
}
