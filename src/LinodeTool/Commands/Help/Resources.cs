namespace LinodeTool.Commands;

/// <summary>Texts that come with the program.</summary>
internal static class Resources
{
    public static string? Text(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name);
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }

    public static IEnumerable<string> Names(string prefix) =>
        typeof(Resources).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..]).Order(StringComparer.Ordinal);
}
