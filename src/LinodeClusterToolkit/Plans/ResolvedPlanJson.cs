using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Plans;

/// <summary>A resolved plan as JSON: stored with the cluster, and told apart from another plan by its fingerprint.</summary>
public static class ResolvedPlanJson
{
    /// <summary>The plan as one line of JSON; equal plans give equal text.</summary>
    public static string Write(ResolvedPlan plan) => JsonSerializer.Serialize(plan, ResolvedPlanJsonContext.Default.ResolvedPlan);

    /// <summary>The plan that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a plan.</exception>
    public static ResolvedPlan Read(string json) =>
        JsonSerializer.Deserialize(json, ResolvedPlanJsonContext.Default.ResolvedPlan) ?? throw new JsonException("the stored plan is null");

    /// <summary>Whether two plans that make the same have the same done to it.</summary>
    internal static bool HasSameActions(ResolvedPlan one, ResolvedPlan other) => Actions(one).SequenceEqual(Actions(other), StringComparer.Ordinal);

    private static IEnumerable<string> Actions(ResolvedPlan plan) => plan.Regions.Select(region => JsonSerializer.Serialize(
        plan with
        {
            Regions = [region with { Groups = [.. region.Groups.Select(group => group with { Nodes = [], Model = null })] }],
            Counters = new Dictionary<string, long>(),
            Notes = [],
        },
        ResolvedPlanJsonContext.Default.ResolvedPlan));

    /// <summary>SHA-256 in hex of what the plan makes; notes and the state of counters do not count, nor what is done to it and what is yet to come.</summary>
    /// <remarks>A script that failed can be mended, and the same cluster goes on with it.</remarks>
    public static string Fingerprint(ResolvedPlan plan) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        plan with
        {
            Counters = new Dictionary<string, long>(),
            Notes = [],
            Protect = false,
            Regions = [.. plan.Regions.Select(region => region with
            {
                Groups = [.. region.Groups.Select(group => group with { Actions = [], Ready = [], Model = null })],
                Balancers = [.. region.Balancers.Select(balancer => balancer with { Groups = [] })],
            })],
        },
        ResolvedPlanJsonContext.Default.ResolvedPlan)));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ResolvedPlan))]
internal sealed partial class ResolvedPlanJsonContext : JsonSerializerContext;
