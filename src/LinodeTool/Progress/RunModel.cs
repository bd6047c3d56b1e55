using LinodeClusterToolkit.Clusters;

namespace LinodeTool.Progress;

/// <summary>Where a node is, as far as progress is concerned.</summary>
internal enum Stage
{
    Waiting,
    Working,
    Retrying,
    Failed,
    Ready,
}

/// <summary>A node in a run.</summary>
internal sealed record NodeProgress(string Label, Stage Stage, string Doing, DateTimeOffset Since, int Attempt);

/// <summary>A group in a run.</summary>
internal sealed class GroupProgress(string region, string group, int total, string goal)
{
    public string Region => region;

    public string Group => group;

    /// <summary>What its nodes are to become.</summary>
    public string Goal => goal;

    public int Total => Math.Max(total, Nodes.Count);

    public Dictionary<string, NodeProgress> Nodes { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public int Ready => Count(Stage.Ready);

    public int Failed => Count(Stage.Failed);

    public bool IsDone => Ready + Failed >= Total;

    public bool IsBegun => Nodes.Count > 0;

    public int Count(Stage stage) => Nodes.Values.Count(node => node.Stage == stage);
}

/// <summary>What the events of a run add up to; the one model behind every view.</summary>
internal sealed class RunModel
{
    private readonly Dictionary<(string, string), GroupProgress> groups = [];
    private readonly Dictionary<string, NodeProgress> loose = new(StringComparer.Ordinal);
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);

    public string Run { get; private set; } = "";

    public string Cluster { get; private set; } = "";

    public string Verb { get; private set; } = "";

    public DateTimeOffset? Started { get; private set; }

    public int Steps { get; private set; }

    public int StepsEnded => ended.Count;

    public TimeSpan? LeastTime { get; private set; }

    public RunSummary? Summary { get; private set; }

    /// <summary>Groups in the plan's order.</summary>
    public List<GroupProgress> Groups { get; } = [];

    /// <summary>Steps under way that belong to no node, such as a balancer's.</summary>
    public IReadOnlyCollection<NodeProgress> Loose => loose.Values;

    public int Total => Groups.Sum(group => group.Total);

    public int Ready => Groups.Sum(group => group.Ready);

    public int Count(Stage stage) => Groups.Sum(group => group.Count(stage));

    /// <summary>What has been going on longest.</summary>
    public NodeProgress? Slowest => Groups.SelectMany(group => group.Nodes.Values).Concat(loose.Values)
        .Where(node => node.Stage is Stage.Working or Stage.Retrying).MinBy(node => node.Since);

    /// <summary>Time left: by the share of steps done, never less than the bound says while little is done.</summary>
    public TimeSpan? Left(DateTimeOffset now)
    {
        if (Started is not { } from || Steps == 0)
        {
            return null;
        }

        var (elapsed, share) = (now - from, (double)StepsEnded / Steps);
        var byShare = share > 0 ? elapsed * ((1 - share) / share) : (TimeSpan?)null;
        var byBound = LeastTime is { } least && least > elapsed ? least - elapsed : (TimeSpan?)null;
        return share < 0.5 && byBound is not null ? byBound : byShare ?? byBound;
    }

    public void Take(RunEvent happened)
    {
        (Run, Cluster) = (happened.Run, happened.Cluster ?? Cluster);
        switch (happened.Type)
        {
            case RunEventTypes.RunStarted:
                Begin(happened);
                break;
            case RunEventTypes.TaskStarted:
                Set(happened, Stage.Working);
                break;
            case RunEventTypes.TaskWaiting:
                Set(happened, Stage.Working);
                break;
            case RunEventTypes.TaskRetrying:
                Set(happened, Stage.Retrying);
                break;
            case RunEventTypes.TaskFinished or RunEventTypes.TaskFailed or RunEventTypes.TaskSkipped:
                EndStep(happened);
                break;
            case RunEventTypes.NodeState:
                SetState(happened);
                break;
            case RunEventTypes.RunSummary:
                Summary = happened.Summary;
                break;
        }
    }

    private void Begin(RunEvent happened)
    {
        Started = happened.At;
        Verb = happened.Shape?.Verb ?? "";
        Steps = happened.Shape?.Steps ?? 0;
        LeastTime = happened.Shape?.LeastTime;
        foreach (var shape in happened.Shape?.Groups ?? [])
        {
            Find(shape.Region, shape.Group, shape.Nodes);
        }
    }

    private void EndStep(RunEvent happened)
    {
        if (happened.Task is { } step)
        {
            ended.Add(step);
            loose.Remove(step);
        }

        if (happened.Type == RunEventTypes.TaskFailed)
        {
            Set(happened, Stage.Failed);
        }
    }

    private void SetState(RunEvent happened)
    {
        var isThere = Goal.IsMet(Verb, happened.Text);
        if (isThere || happened.Text == "failed")
        {
            Set(happened, isThere ? Stage.Ready : Stage.Failed);
        }
    }

    private void Set(RunEvent happened, Stage stage)
    {
        if (happened is not { Region: { } region, Group: { } name, Node: { } label })
        {
            if (happened.Task is { } step && stage is Stage.Working or Stage.Retrying)
            {
                loose[step] = new(step, stage, happened.Text ?? "", Since(loose.GetValueOrDefault(step), happened), happened.Attempt ?? 1);
            }

            return;
        }

        var group = Find(region, name, 0);
        var before = group.Nodes.GetValueOrDefault(label);
        if (before?.Stage is Stage.Failed or Stage.Ready && stage is Stage.Working or Stage.Retrying)
        {
            // A node that is there may still have a part in what its cluster does: that is shown, and takes nothing back.
            if (before.Stage == Stage.Ready && happened.Task is { } more)
            {
                loose[more] = new(more, stage, happened.Text ?? "", Since(loose.GetValueOrDefault(more), happened), happened.Attempt ?? 1);
            }

            return;
        }

        group.Started ??= happened.At;
        group.Nodes[label] = new(label, stage, happened.Text ?? before?.Doing ?? "", Since(before, happened), happened.Attempt ?? 1);
        group.Ended ??= group.IsDone ? happened.At : null;
    }

    private static DateTimeOffset Since(NodeProgress? before, RunEvent happened) =>
        before is not null && before.Doing == (happened.Text ?? before.Doing) ? before.Since : happened.At;

    private GroupProgress Find(string region, string group, int total)
    {
        if (!groups.TryGetValue((region, group), out var found))
        {
            groups[(region, group)] = found = new GroupProgress(region, group, total, Goal.Of(Verb));
            Groups.Add(found);
        }

        return found;
    }
}
