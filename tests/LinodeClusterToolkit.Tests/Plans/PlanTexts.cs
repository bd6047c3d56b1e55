using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>Plans of tests: their text, their files, and what becomes of them.</summary>
internal static class PlanTexts
{
    public static PlanSource Source(string text, string? folder = null) => new("plan.yaml", folder, text);

    public static PlanResult<ClusterPlan> Read(string text) => PlanReader.Read(Source(text));

    public static PlanResult<ResolvedPlan> Resolve(string text, string cluster = "demo") => PlanResolver.Resolve(Source(text), Request(cluster));

    public static ResolveRequest Request(string cluster = "demo") => new(cluster, LinodeCatalog.BuiltIn);

    /// <summary>A plan of version 1 with groups of nodes in one region; the braces around the first and last are given.</summary>
    public static string Nodes(string groups) => $"version: 1\nregions: [{{ region: us-east, nodes: [{{ {groups} }}] }}]\n";

    /// <summary>A plan of version 1 with a group of web nodes and a balancer.</summary>
    public static string Balancer(string balancer) =>
        $"version: 1\nregions:\n- region: us-east\n  nodes: [{{ name: web, type: g6-standard-1 }}]\n  nodebalancers: [{balancer}]\n";

    /// <summary>A plan of version 1 with one node and some keys above its regions.</summary>
    public static string Keys(string keys) => $"version: 1\n{keys}\nregions: [{{ region: us-east, nodes: [{{ type: g6-standard-1 }}] }}]\n";

    /// <summary>A file of the test data.</summary>
    public static string Data(string file) => File.ReadAllText(Path.Combine(Root, "tests/LinodeClusterToolkit.Tests/Plans/Data", file));

    /// <summary>A plan the project ships.</summary>
    public static string Shipped(string file) => File.ReadAllText(Path.Combine(Root, "plans", file));

    private static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "LinodeClusterToolkit.sln")) ? folder.FullName : FindRoot(folder.Parent!);
}
