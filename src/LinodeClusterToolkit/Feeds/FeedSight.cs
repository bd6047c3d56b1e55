using LinodeClusterToolkit.Api.V4;

namespace LinodeClusterToolkit.Feeds;

/// <summary>What a process knows of a feed: of the nodes that somebody waits for in it, and of no others.</summary>
internal sealed class FeedSight(EventWaits waits)
{
    private readonly EventIndex known = new();
    private readonly HashSet<long> nodes = [];

    /// <summary>Number of the last poll whose news were taken in; null before the first look, when all nodes are new.</summary>
    public long? Seen { get; private set; }

    /// <summary>What to look for: who has come since the last look, and nodes not known yet.</summary>
    public Question Ask() => new(
        [.. waits.Newcomers.Where(wait => wait.After is null)], [.. waits.Nodes.Where(node => !nodes.Contains(node))]);

    /// <summary>Takes in what a look showed, and ends the waits that are over by it.</summary>
    public void Take(Question asked, FeedLook look)
    {
        // These were here before the look, so that a poll with a higher number than it shows has begun after they came.
        foreach (var wait in asked.Newcomers)
        {
            wait.After = look.Begun;
        }

        nodes.UnionWith(asked.Nodes);
        var touched = look.Events.Where(item => nodes.Contains(item.EntityId!.Value)).Select(known.Take).OfType<long>().ToHashSet();
        waits.Judge(known, touched, look.Ended);
        Seen = look.Ended;
        foreach (var left in nodes.Except(waits.Nodes).ToList())
        {
            nodes.Remove(left);
            known.Forget(left);
        }
    }

    /// <summary>What a look is to answer.</summary>
    internal sealed record Question(IReadOnlyList<EventWait> Newcomers, IReadOnlyCollection<long> Nodes);
}
