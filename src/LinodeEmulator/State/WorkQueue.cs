namespace LinodeEmulator.State;

/// <summary>Runs the platform's jobs. Nothing happens in the background: whoever looks at the cloud first lets everything happen that was due by
/// then, each thing at its own time and in that order.</summary>
internal sealed class WorkQueue(Cloud cloud, Latency latency)
{
    private readonly Dictionary<string, List<long>> _lanes = new(StringComparer.Ordinal);
    private readonly PriorityQueue<long, (DateTime At, long Id)> _due = new();

    public int Open => cloud.Jobs.Rows.Count;

    public bool IsBusy(string lane) => _lanes.ContainsKey(lane);

    /// <summary>The job that a lane is at, or will be at next.</summary>
    public Job? Current(string lane) => _lanes.TryGetValue(lane, out var ids) ? cloud.Jobs.Get(ids[0]) : null;

    public Job Add(Job job, DateTime at)
    {
        var lane = Lane(job.Lane);
        lane.Add(job.Id);
        cloud.JobLog.Enter(job, at);
        return lane[0] == job.Id ? Wait(job, at + latency.Draw(Unknowns.QueueLag, job.DrawnFor, job.Kind + " queued")) : cloud.Jobs.Put(job);
    }

    /// <summary>Drops what a lane has left; the events of it end as cut short.</summary>
    public void Clear(string lane, DateTime at)
    {
        if (_lanes.Remove(lane, out var ids))
        {
            foreach (var id in ids)
            {
                cloud.Events.End(cloud.Jobs.Get(id).EventId, Unknowns.CutShort, at);
                cloud.JobLog.End(cloud.Jobs.Get(id), Unknowns.CutShort, at);
                cloud.Jobs.Remove(id);
            }
        }
    }

    public void RunUntil(DateTime now)
    {
        while (_due.TryPeek(out var id, out var key) && key.At <= now)
        {
            _due.Dequeue();
            if (cloud.Jobs.Find(id) is { } job && job.NextAt == key.At)
            {
                Step(job, key.At);
            }
        }
    }

    /// <summary>Changes the fate of open work: what was slow has less to go, and what would never have ended takes its time from now on.</summary>
    public void Relieve(Func<Job, JobFate> relieved, DateTime now)
    {
        foreach (var old in cloud.Jobs.Rows.ToList())
        {
            var job = old with { Fate = relieved(old) };
            var kind = JobKinds.ByName[job.Kind];
            if (job.Stage == JobStage.Started && old.Fate.Never && !job.Fate.Never)
            {
                Run(kind, job, now, Takes(kind, job));
            }
            else if (job.Stage == JobStage.Started && old.NextAt is { } next && job.Fate.Slower < old.Fate.Slower)
            {
                Run(kind, job, now, ((next - now) * (job.Fate.Slower / old.Fate.Slower)) + Settles(kind, job));
            }
            else if (job.Fate != old.Fate)
            {
                cloud.Jobs.Put(job);
            }
        }
    }

    /// <summary>Takes up the jobs that were loaded from disk.</summary>
    public void Restore()
    {
        _lanes.Clear();
        _due.Clear();
        foreach (var job in cloud.Jobs.Rows)
        {
            Lane(job.Lane).Add(job.Id);
            if (job.NextAt is { } next)
            {
                _due.Enqueue(job.Id, (next, job.Id));
            }
        }
    }

    private void Step(Job job, DateTime at)
    {
        var kind = JobKinds.ByName[job.Kind];
        switch (job.Stage)
        {
            case JobStage.Queued:
                Begin(kind, job, at);
                break;
            case JobStage.Started when kind.Settles is { } settles && !Fails(kind, job):
                kind.TakeEffect(cloud, job, at);
                Wait(job with { Stage = JobStage.Settling }, at + latency.Draw(settles, job.DrawnFor, job.Kind + " settles"));
                break;
            default:
                End(kind, job, at);
                break;
        }
    }

    private void Begin(JobKind kind, Job job, DateTime at)
    {
        cloud.JobLog.Begin(job, kind.NothingToDo(cloud, job), at);
        kind.Begin(cloud, job, at);
        var started = job with { Stage = JobStage.Started };
        if (job.Fate.Never)
        {
            cloud.Events.Begin(job.EventId, at, ends: null);
            cloud.Jobs.Put(started with { NextAt = null });
        }
        else
        {
            Run(kind, started, at, Takes(kind, started));
        }
    }

    /// <summary>Lets a job that has begun take so long from here.</summary>
    private void Run(JobKind kind, Job job, DateTime at, TimeSpan takes)
    {
        var settles = Settles(kind, job);
        cloud.Events.Begin(job.EventId, at, at + takes);
        Wait(job, at + (takes > settles ? takes - settles : TimeSpan.Zero));
    }

    private TimeSpan Takes(JobKind kind, Job job) => latency.Draw(kind.TakesNow(cloud, job), job.DrawnFor, job.Kind) * job.Fate.Slower;

    private TimeSpan Settles(JobKind kind, Job job) =>
        kind.Settles is { } range ? latency.Draw(range, job.DrawnFor, job.Kind + " settles") : TimeSpan.Zero;

    private void End(JobKind kind, Job job, DateTime at)
    {
        var fails = job.Stage == JobStage.Started && Fails(kind, job);
        var failure = fails ? kind.Failure(cloud, job) : null;
        if (fails)
        {
            kind.Fail(cloud, job, at);
        }
        else
        {
            if (job.Stage == JobStage.Started)
            {
                kind.TakeEffect(cloud, job, at);
            }

            kind.Finish(cloud, job, at);
        }

        cloud.Events.End(job.EventId, fails ? "failed" : "finished", at);
        cloud.JobLog.End(job, failure, at);
        cloud.Jobs.Remove(job.Id);
        Next(job.Lane, at);
    }

    private void Next(string lane, DateTime at)
    {
        var ids = _lanes[lane];
        ids.RemoveAt(0);
        if (ids.Count == 0)
        {
            _lanes.Remove(lane);
            return;
        }

        var job = cloud.Jobs.Get(ids[0]);
        Wait(job, at + latency.Draw(Unknowns.QueueLag, job.DrawnFor, job.Kind + " queued"));
    }

    private bool Fails(JobKind kind, Job job) => job.Fate.Fails || kind.IsDoomed(cloud, job);

    private Job Wait(Job job, DateTime until)
    {
        _due.Enqueue(job.Id, (until, job.Id));
        return cloud.Jobs.Put(job with { NextAt = until });
    }

    private List<long> Lane(string name) => _lanes.TryGetValue(name, out var ids) ? ids : _lanes[name] = [];
}
