namespace LinodeClusterToolkit.Api.V4;

/// <summary>What is known of each node's events since the mark, and which ids the next poll has to ask for.</summary>
/// <remarks>Of a node only what is open and the newest of each kind is kept, so that memory grows with nodes and not with time.</remarks>
internal sealed class EventIndex
{
    /// <summary>As many events as one page holds are read again rather than asked for one by one.</summary>
    private const int Reread = 500;

    /// <summary>Bounds the header.</summary>
    private const int AskedOneByOne = 100;

    private readonly Dictionary<long, List<CloudEvent>> byNode = [];
    private readonly SortedSet<long> open = [];
    private readonly Queue<long> latest = new();
    private long newest;
    private long far;

    /// <summary>Whether the stream's position is known.</summary>
    public bool Marked { get; private set; }

    /// <summary>Id of the newest event heard of.</summary>
    public long Position => newest;

    /// <summary>What is open and older than this is asked for by id.</summary>
    public long Far => latest.Count < Reread ? far : latest.Peek();

    /// <summary>Events that are open, the oldest first.</summary>
    public IReadOnlyCollection<long> Open => open;

    /// <summary>Starts after these; of what came before only what is still going on counts.</summary>
    public void Mark(IEnumerable<CloudEvent> recent)
    {
        foreach (var item in recent)
        {
            newest = Math.Max(newest, item.Id);
            if (item.IsOpen)
            {
                Keep(item);
            }
        }

        Marked = true;
    }

    /// <summary>Goes on where another stopped: at its position, with what was open by what it knew.</summary>
    public void Resume(long position, long farAs, IEnumerable<CloudEvent> stillOpen)
    {
        (newest, far, Marked) = (position, farAs, true);
        foreach (var item in stillOpen)
        {
            Keep(item);
        }
    }

    /// <summary>Forgets a node that nobody asks about any more.</summary>
    public void Forget(long nodeId)
    {
        if (byNode.Remove(nodeId, out var events))
        {
            open.ExceptWith(events.Select(item => item.Id));
        }
    }

    /// <summary>Takes in what a poll told; the answer is the node it changed something for, or null.</summary>
    public long? Take(CloudEvent item)
    {
        if (item.Id > newest)
        {
            newest = item.Id;
            latest.Enqueue(item.Id);
            if (latest.Count > Reread)
            {
                latest.Dequeue();
            }
        }

        return Keep(item) ? item.EntityId : null;
    }

    /// <summary>The newest event of a node that fits, or null.</summary>
    public CloudEvent? Newest(long nodeId, string action, long? subjectId) => Of(nodeId)
        .Where(item => item.Action == action && (subjectId is null || item.SubjectId == subjectId))
        .MaxBy(item => item.Id);

    /// <summary>Whether something of a node is still going on.</summary>
    public bool IsBusy(long nodeId) => Of(nodeId).Any(item => item.IsOpen);

    /// <summary>
    /// Everything from the smallest open id on. Where one slow job would make every poll read thousands of events again,
    /// what is that old is asked for by id.
    /// </summary>
    public V4Filter NextPoll()
    {
        var before = Far;
        var old = open.TakeWhile(id => id < before).Take(AskedOneByOne).ToList();
        var floor = open.Skip(old.Count).FirstOrDefault(newest + 1);
        var since = V4Filter.None.AtLeast("id", floor);
        return (old.Count == 0 ? since : V4Filter.AnyOf([since, .. old.Select(id => V4Filter.None.Where("id", id))])).OrderBy("id");
    }

    private List<CloudEvent> Of(long nodeId) => byNode.TryGetValue(nodeId, out var events) ? events : [];

    private bool Keep(CloudEvent item)
    {
        if (item is not { EntityType: "linode", EntityId: { } nodeId })
        {
            return false;
        }

        if (!byNode.TryGetValue(nodeId, out var events))
        {
            byNode[nodeId] = events = new(capacity: 4);
        }

        var at = events.FindIndex(known => known.Id == item.Id);
        if (at >= 0 && events[at] == item)
        {
            return false;
        }

        _ = item.IsOpen ? open.Add(item.Id) : open.Remove(item.Id);
        if (at >= 0)
        {
            events[at] = item;
        }
        else
        {
            events.Add(item);
        }

        events.RemoveAll(known => !known.IsOpen && events.Exists(later => later.Id > known.Id && IsSameKind(later, known)));
        return true;
    }

    private static bool IsSameKind(CloudEvent one, CloudEvent other) => one.Action == other.Action && one.SubjectId == other.SubjectId;
}
