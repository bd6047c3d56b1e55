using System.Collections.Concurrent;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>What a node is doing, in the words of version 4: version 3 tells the state before and after a job, and nothing while it runs.</summary>
internal sealed class V3Power(LinodeV3Client client, V3EventWatch events)
{
    private readonly ConcurrentDictionary<long, (string Action, long Job)> open = new();

    /// <summary>Asks for a job and remembers it.</summary>
    public async Task AskAsync(V3Operation<JobIdReply> operation, long node, string action, CancellationToken cancellation)
    {
        var job = (await client.SendAsync(operation, cancellation).ConfigureAwait(false)).JobId;
        open[node] = (action, job);
        events.Remember(node, action, null, job);
    }

    /// <summary>The status of each of these nodes.</summary>
    public async Task<IReadOnlyDictionary<long, string>> StatesAsync(IReadOnlyList<LinodeReply> rows, CancellationToken cancellation)
    {
        var words = await Task.WhenAll(rows.Select(row => StateAsync(row, cancellation))).ConfigureAwait(false);
        return rows.Zip(words).ToDictionary(pair => pair.First.LinodeId, pair => pair.Second);
    }

    private async Task<string> StateAsync(LinodeReply row, CancellationToken cancellation)
    {
        if (!open.TryGetValue(row.LinodeId, out var asked))
        {
            return Settled(row);
        }

        if (!await IsOverAsync(row.LinodeId, asked.Job, cancellation).ConfigureAwait(false))
        {
            return asked.Action switch { "linode_boot" => "booting", "linode_shutdown" => "shutting_down", _ => "rebooting" };
        }

        open.TryRemove(new(row.LinodeId, asked));
        return Settled(await NowAsync(row, cancellation).ConfigureAwait(false));
    }

    private async Task<bool> IsOverAsync(long node, long job, CancellationToken cancellation)
    {
        var jobs = await OfOneAsync(new ListJobs(node, job), cancellation).ConfigureAwait(false);
        return jobs is null or { Count: 0 } || jobs.Any(one => one.JobId == job && one.IsOver);
    }

    // The row that is there may be older than the job's end.
    private async Task<LinodeReply> NowAsync(LinodeReply row, CancellationToken cancellation) =>
        (await OfOneAsync(new ListLinodes(row.LinodeId), cancellation).ConfigureAwait(false))?
            .FirstOrDefault(one => one.LinodeId == row.LinodeId) ?? row;

    // Null where the node went meanwhile: it was one of many, and the next list is without it.
    private async Task<IReadOnlyList<T>?> OfOneAsync<T>(V3Operation<IReadOnlyList<T>> operation, CancellationToken cancellation)
    {
        try
        {
            return await client.SendAsync(operation, cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    private static string Settled(LinodeReply row) =>
        row.Status switch { 1 => "running", -1 => "provisioning", 3 => "shutting_down", _ => "offline" };
}
