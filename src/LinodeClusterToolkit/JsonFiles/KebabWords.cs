using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>States as lower-case words: <c>region-ready</c>.</summary>
internal sealed class KebabWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
