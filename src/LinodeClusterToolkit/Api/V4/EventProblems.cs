using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Work the API took on and did not get done.</summary>
internal static class EventProblems
{
    public static Problem Failed(CloudEvent failed) => new(
        "LCT5015", $"the cloud's own work failed: {failed.Action}", $"node {failed.EntityId}",
        $"event {failed.Id} ended as {failed.Status}{(string.IsNullOrWhiteSpace(failed.Message) ? "" : $": \"{failed.Message}\"")}",
        ["try it again", "look at the node's events in Cloud Manager"])
    { Retryable = true };
}
