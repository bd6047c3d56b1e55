using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Work;

/// <summary>What a message says: which run of whom, and which step of it. All else is looked up, so that old messages do no harm.</summary>
/// <param name="Application">Application id.</param>
/// <param name="Customer">Customer id.</param>
/// <param name="Run">Id of the run.</param>
/// <param name="Step">Name of the step; empty for the run itself, which is to be conducted.</param>
internal sealed record WorkAddress(string Application, string Customer, string Run, string Step = "")
{
    // {"application":"shop","customer":"c1","run":"4f2a10","step":"create web-1"}

    [JsonIgnore]
    public bool IsRun => Step.Length == 0;

    public ReadOnlyMemory<byte> Write() => JsonSerializer.SerializeToUtf8Bytes(this, WorkAddressJson.Default.WorkAddress);

    /// <summary>What <see cref="Write"/> wrote; null where it is anything else.</summary>
    public static WorkAddress? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, WorkAddressJson.Default.WorkAddress) is { Run.Length: > 0 } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Its form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WorkAddress))]
internal sealed partial class WorkAddressJson : JsonSerializerContext;
