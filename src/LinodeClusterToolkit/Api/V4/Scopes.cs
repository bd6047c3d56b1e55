namespace LinodeClusterToolkit.Api.V4;

/// <summary>OAuth scopes as headers carry them: parted by commas or blanks.</summary>
internal static class Scopes
{
    public static IReadOnlyList<string> Of(string? header) =>
        header?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Whether what is granted covers what is needed; writing covers reading.</summary>
    public static bool Include(IReadOnlyList<string> granted, string needed) =>
        granted.Contains("*") || granted.Contains(needed) || granted.Contains(needed.Replace(":read_only", ":read_write", StringComparison.Ordinal));
}
