namespace LinodeClusterToolkit.Api.V3;

/// <summary>
/// Gathers calls that are made at about the same time, so that they travel in one request; a lone one waits as long and travels alone.
/// </summary>
/// <remarks>A request is counted as spent by whoever's call came first, or filled it.</remarks>
internal sealed class V3Gatherer(Func<IReadOnlyList<V3Item>, Task> send, TimeProvider time)
{
    /// <summary>The API's own number is not known; its clients kept to this one.</summary>
    public const int Most = 25;

    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private List<V3Item>? open;

    public void Add(V3Item item)
    {
        List<V3Item>? strangers = null;
        List<V3Item>? full = null;
        lock (gate)
        {
            if (open is [var first, ..] && !Equals(first.Request.Key, item.Request.Key))
            {
                (strangers, open) = (open, null);
            }

            if (open is null)
            {
                open = [];
                _ = CloseAsync(open);
            }

            open.Add(item);
            if (open.Count == Most)
            {
                (full, open) = (open, null);
            }
        }

        Send(strangers);
        Send(full);
    }

    private async Task CloseAsync(List<V3Item> group)
    {
        await Task.Delay(Window, time).ConfigureAwait(false);
        lock (gate)
        {
            if (open != group)
            {
                return;
            }

            open = null;
        }

        Send(group);
    }

    private void Send(List<V3Item>? group) => _ = group is null ? Task.CompletedTask : send([.. group.Where(item => !item.Task.IsCompleted)]);
}
