using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans;

/// <summary>A plan as it was read and checked: everything it says, nothing of what the cloud offers.</summary>
public sealed class ClusterPlan
{
    internal ClusterPlan(PlanSource source) => Source = source;

    /// <summary>The plan's own name, or null where it has none.</summary>
    public string? Name { get; internal init; }

    /// <summary>Version of the plan language, or null for a plan of 2017.</summary>
    public int? Version { get; internal init; }

    /// <summary>The text it was read from.</summary>
    public PlanSource Source { get; }

    /// <summary>Generation of the API it asks for, or null.</summary>
    public ApiGeneration? Api { get; internal init; }

    internal IReadOnlyDictionary<string, TemplateValue> Vars { get; init; } = new Dictionary<string, TemplateValue>();

    internal IReadOnlySet<string> Counters { get; init; } = new HashSet<string>();

    internal IReadOnlyList<PlannedRegion> Regions { get; init; } = [];

    internal SshPolicy Ssh { get; init; } = new();

    internal IReadOnlyDictionary<string, AccountSet> Accounts { get; init; } = new Dictionary<string, AccountSet>();

    internal IReadOnlyList<ResolvedService> Services { get; init; } = [];

    internal bool PrivateIps { get; init; }

    /// <summary>True refuses to delete the cluster until that is taken back.</summary>
    internal bool Protect { get; init; }

    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Better spellings of what a plan of 2017 was read liberally for, by place.</summary>
    internal IReadOnlyDictionary<SourcePosition, string> Corrections { get; init; } = new Dictionary<SourcePosition, string>();
}
