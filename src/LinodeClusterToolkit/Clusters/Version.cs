using System.Reflection;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Version of this library.</summary>
internal static class Version
{
    public static string Text { get; } =
        typeof(Version).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
