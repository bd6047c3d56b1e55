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

    /// <summary>A file of the test data.</summary>
    public static string Data(string file) => File.ReadAllText(Path.Combine(Root, "tests/LinodeClusterToolkit.Tests/Plans/Data", file));

    /// <summary>A plan the project ships.</summary>
    public static string Shipped(string file) => File.ReadAllText(Path.Combine(Root, "plans", file));

    private static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "LinodeClusterToolkit.sln")) ? folder.FullName : FindRoot(folder.Parent!);
}
