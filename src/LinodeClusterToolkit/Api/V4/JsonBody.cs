using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>What a call sends; written when it is sent.</summary>
public abstract record JsonBody
{
    /// <summary>A body of any type with source-generated JSON.</summary>
    public static JsonBody Of<T>(T value, JsonTypeInfo<T> type) => new Typed<T>(value, type);

    internal abstract byte[] Write();

    private sealed record Typed<T>(T Value, JsonTypeInfo<T> Type) : JsonBody
    {
        internal override byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(Value, Type);
    }
}
