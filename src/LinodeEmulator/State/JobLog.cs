namespace LinodeEmulator.State;

/// <summary>The jobs of each Linode, waiting, running and done, as long as the Linode is there.</summary>
internal sealed class JobLog(Cloud cloud, Table<JobRecord> table)
{
    public Table<JobRecord> Table => table;

    public void Enter(Job job, DateTime at)
    {
        if (JobWords.Of(cloud, job) is var (action, label))
        {
            table.Put(new JobRecord(job.Id, job.Subject, action, label, at));
        }
    }

    /// <param name="job">The job.</param>
    /// <param name="vain">Why it will not have done anything, if there is nothing to do.</param>
    /// <param name="at">When it began.</param>
    public void Begin(Job job, string? vain, DateTime at) =>
        Change(job.Id, record => record with { Started = at, Message = vain ?? "", Succeeded = vain is null });

    public void End(Job job, string? failure, DateTime at) => Change(job.Id, record => record with
    {
        Started = record.Started ?? at,
        Finished = at,
        Succeeded = record.Succeeded && failure is null,
        Message = failure ?? record.Message,
    });

    /// <summary>The host of a Linode was restarted, and could not be: a job that nobody asked for.</summary>
    public void HostRestart(long linodeId, DateTime at) => table.Put(
        new JobRecord(cloud.Counters.Next("job"), linodeId, JobWords.HostRestart.Action, JobWords.HostRestart.Label, JobWords.HostRestartEntered)
        {
            Started = at,
            Finished = at,
            Message = JobWords.HostSilent,
        });

    public void Forget(long linodeId)
    {
        foreach (var record in table.OwnedBy(linodeId))
        {
            table.Remove(record.Id);
        }
    }

    private void Change(long id, Func<JobRecord, JobRecord> change)
    {
        if (table.Find(id) is { } record)
        {
            table.Put(change(record));
        }
    }
}
