using System.Globalization;

namespace LinodeClusterToolkit.Tests.Remote;

/// <summary>Processes of this machine as the kernel lists them.</summary>
internal static class Processes
{
    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. All().Where(id => Read(id, "stat") is { Length: > 0 } stat
            && int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture) == parent)];

    /// <summary>Those that name a text in their arguments or environment.</summary>
    public static IReadOnlyList<string> Naming(string text) =>
        [.. All().Where(id => id != Environment.ProcessId).Select(id => $"{id}: {Read(id, "cmdline")} {Read(id, "environ")}")
            .Where(said => said.Contains(text, StringComparison.Ordinal)).Select(said => said.Replace('\0', ' '))];

    private static IEnumerable<int> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where name.All(char.IsAsciiDigit)
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
