namespace LinodeClusterToolkit.Plans.Yaml;

/// <summary>How much a plan may hold; counted before anything is built from it.</summary>
internal static class YamlLimits
{
    public const int Bytes = 1024 * 1024;
    public const int Depth = 32;
    public const int Events = 20_000;
    public const int Aliases = 100;
}
