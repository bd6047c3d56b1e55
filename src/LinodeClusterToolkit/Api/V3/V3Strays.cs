using System.Collections.Concurrent;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>
/// Nodes that were made and have no name yet. The create call of version 3 takes neither label nor mark, so that a node whose answer got lost can be
/// told by nothing but what it is and when it was made.
/// </summary>
/// <remarks>
/// A stray is bare: it has the label the platform gave it, no group, no disk, was never booted, is of the type and in the region asked for, and
/// was made after the first try. It is taken up only when it has been so for as long as any client needs to name what it made: until then it may be another
/// process's that is at work. Nodes of this process that have no name yet keep claims waiting.
/// </remarks>
internal sealed class V3Strays(LinodeV3Client client)
{
    /// <summary>Longer than a create whose answer came takes to be named: two calls of half a minute at most, and their turns.</summary>
    private static readonly TimeSpan TimeToName = TimeSpan.FromSeconds(90);

    /// <summary>How long what was sent may take to land: while its sender waited, and when its process died.</summary>
    private static readonly (TimeSpan Own, TimeSpan Others) Landing = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> sent = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);
    private TaskCompletionSource quiet = Quiet();
    private int making;

    private DateTimeOffset Now => client.Time.GetUtcNow();

    /// <summary>Marks that a node of that label is being made, until it is disposed of.</summary>
    public async Task<IDisposable> MakingAsync(string label, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        lock (sent)
        {
            sent.TryAdd(label, Now);
            quiet = making++ == 0 ? new(TaskCreationOptions.RunContinuationsAsynchronously) : quiet;
        }

        turn.Release();
        return new Ending(Made);
    }

    /// <summary>The node of that label has its name, or was refused: no answer is missing.</summary>
    public void Forget(string label) => sent.TryRemove(label, out _);

    /// <summary>Looks for what an earlier try may have made; nothing is made, and nothing else claimed, until the claim is disposed of.</summary>
    public async Task<Claim> FindAsync(
        string label, long datacenter, IReadOnlyList<long> plans, TimeSpan? begunAgo, CancellationToken cancellation)
    {
        if (begunAgo is null && !sent.ContainsKey(label))
        {
            return new(null, () => { }); // nothing was sent whose answer did not come
        }

        // Counted from here: a claim may wait long for its turn.
        var isOwn = sent.TryGetValue(label, out var own);
        var since = isOwn ? own : Now - (begunAgo > TimeSpan.Zero ? begunAgo.Value : LongAgo);
        var landed = Now + (isOwn ? Landing.Own : Landing.Others);
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await quiet.Task.WaitAsync(cancellation).ConfigureAwait(false);
            while (true)
            {
                var found = await BareAsync(datacenter, plans, since - ClocksDiffer, cancellation).ConfigureAwait(false);
                if (found.Find(node => Now - MadeAt(node) >= TimeToName) is { } stray)
                {
                    return new(stray.LinodeId, () => turn.Release());
                }

                // A young one may be the one sought, or another process's: in a while it is told.
                var wait = found.Count > 0 ? TimeToName - (Now - MadeAt(found[0])) : landed - Now;
                if (wait <= TimeSpan.Zero)
                {
                    return new(null, () => turn.Release());
                }

                await Task.Delay(wait, client.Time, cancellation).ConfigureAwait(false);
            }
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    private async Task<List<LinodeReply>> BareAsync(long datacenter, IReadOnlyList<long> plans, DateTimeOffset since, CancellationToken cancellation)
    {
        var nameless = (await client.SendAsync(new ListLinodes(), cancellation).ConfigureAwait(false)).Where(node =>
            node.Label == $"linode{node.LinodeId}" && node.DisplayGroup.Length == 0 && node.Status is 0 or -1 && node.DatacenterId == datacenter
            && node.PlanId is { } plan && plans.Contains(plan) && MadeAt(node) >= since).OrderBy(node => node.LinodeId).ToList();
        var disks = await Task.WhenAll(nameless.Select(node => client.SendAsync(new ListDisks(node.LinodeId), cancellation))).ConfigureAwait(false);
        return [.. nameless.Where((_, at) => disks[at].Count == 0)];
    }

    // In the hour that autumn has twice, of both moments the later one that is not still to come: a stray of ours must not look too old to be one.
    private DateTimeOffset MadeAt(LinodeReply node) => node.Created is not { } made ? DateTimeOffset.MinValue
        : NewYorkTime.IsTwice(made) && made.AddHours(1) <= Now + ClocksDiffer ? made.AddHours(1)
        : made;

    private void Made()
    {
        lock (sent)
        {
            if (--making == 0)
            {
                quiet.SetResult();
            }
        }
    }

    private static TaskCompletionSource Quiet()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    /// <summary>What was found, and the end of the claim.</summary>
    /// <param name="node">Id of the stray; null where there is none.</param>
    /// <param name="end">What ends it.</param>
    internal sealed class Claim(long? node, Action end) : IDisposable
    {
        private readonly Ending ending = new(end);

        /// <summary>Id of the stray; null where there is none.</summary>
        public long? Node => node;

        public void Dispose() => ending.Dispose();
    }

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? left = end;

        public void Dispose() => Interlocked.Exchange(ref left, null)?.Invoke();
    }
}
