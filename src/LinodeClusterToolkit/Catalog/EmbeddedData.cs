using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.Catalog;

/// <summary>The lists that ship inside the assembly, each read when first used: a command that needs none pays for none.</summary>
internal static class EmbeddedData
{
    public static IReadOnlyList<T> List<T>(string file, Func<JsonTypeInfo<IReadOnlyList<T>>> shape) => new LazyList<T>(() => Read(file, shape()));

    public static T Read<T>(string file, JsonTypeInfo<T> shape)
    {
        using var data = typeof(EmbeddedData).Assembly.GetManifestResourceStream($"LinodeClusterToolkit.Catalog.Data.{file}.json")!;
        return JsonSerializer.Deserialize(data, shape)!;
    }
}
