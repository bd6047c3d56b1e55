using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Sql;

/// <summary>What can go wrong with any database.</summary>
internal static class SqlProblems
{
    public static Problem NewerSchema(string place, string component, long has, int knows) => new(
        "LCT7101", $"{place} was written by a newer version of the toolkit", Where: place,
        Why: $"its {component} records have format {has}, this version knows up to {knows}",
        Fix: ["use the newer version", "or work in another place"]);
}
