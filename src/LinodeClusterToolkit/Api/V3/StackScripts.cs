using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>The account's own StackScripts, or one of them.</summary>
public sealed record ListStackScripts(long? StackScriptId = null) : V3Operation<IReadOnlyList<StackScriptReply>>(
    "stackscript.list", V3Effect.Looks, V3Json.Default.IReadOnlyListStackScriptReply, new() { { "StackScriptID", StackScriptId } });

/// <summary>Stores a StackScript; label, distributions and script must be given.</summary>
public sealed record CreateStackScript(StackScriptBody Script) : V3Operation<StackScriptIdReply>(
    "stackscript.create", V3Effect.Makes, V3Json.Default.StackScriptIdReply, Script.ToParameters(null));

/// <summary>Changes a StackScript; what is null stays.</summary>
public sealed record UpdateStackScript(long StackScriptId, StackScriptBody Script) : V3Operation<StackScriptIdReply>(
    "stackscript.update", V3Effect.Sets, V3Json.Default.StackScriptIdReply, Script.ToParameters(StackScriptId));

/// <summary>Deletes a StackScript.</summary>
public sealed record DeleteStackScript(long StackScriptId) : V3Operation<StackScriptIdReply>(
    "stackscript.delete", V3Effect.Sets, V3Json.Default.StackScriptIdReply, new() { { "StackScriptID", StackScriptId } });

/// <summary>What to store: the distributions it runs on, and the script itself.</summary>
public sealed record StackScriptBody(
    string? Label = null, IReadOnlyList<long>? DistributionIds = null, string? Script = null, string? Description = null, bool? IsPublic = null,
    string? RevNote = null)
{
    internal V3Parameters ToParameters(long? id) => new()
    {
        { "StackScriptID", id }, { "Label", Label }, { "DistributionIDList", DistributionIds is null ? null : string.Join(',', DistributionIds) },
        { "script", Script }, { "Description", Description }, { "isPublic", V3Digit.Of(IsPublic) }, { "rev_note", RevNote },
    };
}

/// <summary>A StackScript as the wire has it.</summary>
public sealed record StackScriptReply(
    long StackScriptId, string Label = "", string Description = "", string DistributionIdList = "", string Script = "", bool? IsPublic = null,
    long? UserId = null, long? LatestRev = null, int? DeploymentsTotal = null, int? DeploymentsActive = null,
    [property: JsonPropertyName("REV_NOTE")] string RevNote = "",
    [property: JsonPropertyName("REV_DT")] DateTimeOffset? Revised = null,
    [property: JsonPropertyName("CREATE_DT")] DateTimeOffset? Created = null)
{
    /// <summary>Ids of the distributions it runs on.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> DistributionIds => [.. DistributionIdList.Split(',').Select(Loose.Whole).OfType<long>()];
}

/// <summary>Which StackScript was stored or changed.</summary>
public sealed record StackScriptIdReply(long StackScriptId);
