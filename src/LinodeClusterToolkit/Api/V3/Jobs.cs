using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Jobs of a Linode, the newest first; among them some nobody asked for, such as the watchdog's boots.</summary>
public sealed record ListJobs(long LinodeId, long? JobId = null, bool? PendingOnly = null) : V3Operation<IReadOnlyList<JobReply>>(
    "linode.job.list", V3Effect.Looks, V3Json.Default.IReadOnlyListJobReply, new()
    {
        { "LinodeID", LinodeId }, { "JobID", JobId }, { "pendingOnly", V3Digit.Of(PendingOnly) },
    });

/// <summary>A job as the wire has it: duration in seconds.</summary>
public sealed record JobReply(
    long JobId, long? LinodeId = null, string Action = "", string Label = "",
    [property: JsonPropertyName("ENTERED_DT")] DateTimeOffset? Entered = null,
    [property: JsonPropertyName("HOST_START_DT")] DateTimeOffset? Started = null,
    [property: JsonPropertyName("HOST_FINISH_DT")] DateTimeOffset? Finished = null,
    [property: JsonPropertyName("HOST_SUCCESS")] bool? Success = null,
    [property: JsonPropertyName("HOST_MESSAGE")] string Message = "", int? Duration = null)
{
    /// <summary>True once it ended, well or not.</summary>
    [JsonIgnore]
    public bool IsOver => Finished is not null || Success is not null;
}
