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
        var settled = row.Status switch { 1 => "running", -1 => "provisioning", 3 => "shutting_down", _ => "offline" };
        if (!open.TryGetValue(row.LinodeId, out var asked))
        {
            return settled;
        }

        // The row may be older than the job's end: what counts then is told by the next look.
        var jobs = await client.SendAsync(new ListJobs(row.LinodeId, asked.Job), cancellation).ConfigureAwait(false);
        if (jobs.FirstOrDefault(job => job.JobId == asked.Job) is null or { IsOver: true })
        {
            open.TryRemove(new(row.LinodeId, asked));
        }

        return asked.Action switch { "linode_boot" => "booting", "linode_shutdown" => "shutting_down", _ => "rebooting" };
    }
}
