using System.Text.Json.Nodes;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The jobs of a Linode, whoever asked for them: this face, the newer one, or the watchdog.</summary>
internal static class LinodeJobs
{
    public static void Map(ActionTable actions) => actions.Read(
        "linode.job.list", "Lists the jobs of a Linode", List, Num("LinodeID").Required, Num("JobID"), Digit("pendingOnly", false));

    /// <summary>The newest first.</summary>
    private static JsonArray List(V3Call call)
    {
        var (wanted, isPendingOnly) = (call.Number("JobID"), call.Flag("pendingOnly") == true);
        return Loose.Rows(call.Cloud.JobLog.Table.OwnedBy(call.Linode().Id)
            .Where(job => (wanted is null || job.Id == wanted) && !(isPendingOnly && job.Finished is not null))
            .Reverse()
            .Select(Row));
    }

    private static JsonObject Row(JobRecord job) => new()
    {
        ["JOBID"] = job.Id,
        ["LINODEID"] = job.LinodeId,
        ["ACTION"] = job.Action,
        ["LABEL"] = job.Label,
        ["ENTERED_DT"] = NewYork.Text(job.Entered),
        ["HOST_START_DT"] = NewYork.Text(job.Started),
        ["HOST_FINISH_DT"] = NewYork.Text(job.Finished),
        ["HOST_SUCCESS"] = Loose.Number(job.Finished is null ? null : job.Succeeded ? 1 : 0),
        ["HOST_MESSAGE"] = job.Finished is null ? "" : job.Message,
        ["DURATION"] = Loose.Number(job is { Started: { } started, Finished: { } finished } ? (long)(finished - started).TotalSeconds : null),
    };
}
