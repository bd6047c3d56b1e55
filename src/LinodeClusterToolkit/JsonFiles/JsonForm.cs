using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Forms of records: what a record cannot be without must be in the file, what is null is left out of it.</summary>
internal static class JsonForm
{
    public static JsonTypeInfo<T> Of<T>(JsonSerializerContext context) => (JsonTypeInfo<T>)new JsonSerializerOptions(context.Options)
    {
        TypeInfoResolver = ((IJsonTypeInfoResolver)context).WithAddedModifier(Demand),
    }.GetTypeInfo(typeof(T));

    private static void Demand(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            member.IsRequired = member.AssociatedParameter is { HasDefaultValue: false, IsNullable: false } given
                && Nullable.GetUnderlyingType(given.ParameterType) is null;
        }
    }
}
