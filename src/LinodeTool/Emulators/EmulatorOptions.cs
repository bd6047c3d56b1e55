using System.Globalization;

namespace LinodeTool.Emulators;

/// <summary>How an emulator is started.</summary>
internal sealed record EmulatorOptions
{
    public int Port { get; init; }

    public string? Seed { get; init; }

    /// <summary>real, fast or none.</summary>
    public string Latency { get; init; } = "fast";

    /// <summary>One of <see cref="HostKinds"/>; auto is machines where this system can have them.</summary>
    public string Hosts { get; init; } = "auto";

    public static IReadOnlyList<string> HostKinds { get; } = ["auto", "machines", "records"];

    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Accounts it is to serve, each NAME or NAME=TOKEN; none for the usual one.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Name and token of each account.</summary>
    public IReadOnlyDictionary<string, string>? Tokens => Accounts.Count == 0 ? null
        : Accounts.Select(account => account.Split('=', 2)).DistinctBy(words => words[0]).ToDictionary(words => words[0], words => words[^1]);

    /// <summary>Debian packages that real machines have beside the usual ones, with commas between; null for none.</summary>
    public string? Packages { get; init; }

    /// <summary>Arguments of the program.</summary>
    public IReadOnlyList<string> Arguments(string stateFolder) =>
    [
        "--port", Port.ToString(CultureInfo.InvariantCulture),
        "--latency", Latency,
        "--hosts", Hosts,
        "--catalogue", "both",
        "--state", stateFolder,
        .. Packages is null ? (IEnumerable<string>)[] : ["--packages", Packages],
        .. Seed is null ? (IEnumerable<string>)[] : ["--seed", Seed],
        .. Accounts.SelectMany(account => (IEnumerable<string>)["--account", account]),
        .. Faults.SelectMany(fault => (IEnumerable<string>)["--fault", fault]),
    ];
}
