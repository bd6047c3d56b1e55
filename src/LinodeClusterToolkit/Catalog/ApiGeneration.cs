using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Catalog;

/// <summary>A generation of the Linode API.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiGeneration>))]
public enum ApiGeneration
{
    /// <summary>Today's: JSON, tokens, an address for each kind of thing.</summary>
    V4,

    /// <summary>The one before: actions sent to one address, with an API key. Switched off at Linode since July 2023.</summary>
    V3,
}
