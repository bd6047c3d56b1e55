using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>One run of a playbook from this machine, as data.</summary>
/// <param name="Playbook">The file.</param>
/// <param name="Inventory">Every node there is, as YAML.</param>
/// <param name="Hosts">Those it runs on.</param>
/// <param name="Values">Values from the plan, by name.</param>
/// <param name="Within">How long it may take.</param>
internal sealed record PlaybookRun(
    string Playbook, string Inventory, IReadOnlyList<string> Hosts, IReadOnlyDictionary<string, string> Values, TimeSpan Within)
{
    private const int MostForks = 25;

    /// <summary>Values that are secret, which nothing it prints gives away.</summary>
    public IReadOnlyList<Sensitive> Secrets { get; init; } = [];

    /// <summary>What ssh finds in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>On how many hosts it works at once.</summary>
    public int Forks => Math.Clamp(Hosts.Count, 1, MostForks);

    /// <summary>Time for a number of hosts of which each may take so long.</summary>
    public static TimeSpan TimeFor(int hosts, TimeSpan each) => each * Math.Max(1, (hosts + MostForks - 1) / MostForks);
}

/// <summary>What a run of a playbook came to.</summary>
/// <param name="ExitCode">Ansible's exit code; null where its time was over.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of.</param>
/// <param name="Report">What became of each host.</param>
internal sealed record PlaybookResult(int? ExitCode, string Output, string Error, AnsibleReport Report);

/// <summary>Runs a playbook.</summary>
internal delegate Task<PlaybookResult> PlaybookRunner(PlaybookRun run, TimeProvider time, CancellationToken cancellation);
