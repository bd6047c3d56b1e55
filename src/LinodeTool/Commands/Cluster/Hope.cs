using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Commands;

/// <summary>Whether a cluster may still get to a state without anybody's doing.</summary>
/// <param name="context">The call.</param>
/// <param name="wanted">The state.</param>
internal sealed class Hope(ToolContext context, string wanted)
{
    // Whoever was just started to go on with a run, or is to take over from one that died, needs a while until it is seen at work.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, (string? Run, DateTimeOffset Since)> lost = new(StringComparer.Ordinal);

    private bool IsDownwards => wanted is "deleting" or "deleted";

    /// <summary>Throws where a run has failed or was stopped, and nobody has gone on with it for a while.</summary>
    /// <exception cref="LinodeToolkitException">LCT6512: it does not get there by itself.</exception>
    public async Task DemandAsync(string name)
    {
        var cluster = await context.Toolkit.GetClusterAsync(name, context.Cancellation).ConfigureAwait(false);
        foreach (var one in await Standing.AllAsync(context, cluster).ConfigureAwait(false))
        {
            var now = context.Host.Time.GetUtcNow();
            if (!await IsLostAsync(one).ConfigureAwait(false))
            {
                lost.Remove(one.Cluster.Name);
            }
            else if (!lost.TryGetValue(one.Cluster.Name, out var seen) || seen.Run != one.Run!.Id)
            {
                lost[one.Cluster.Name] = (one.Run!.Id, now);
            }
            else if (now - seen.Since >= Patience)
            {
                throw new LinodeToolkitException(CommandProblems.NotByItself(
                    one.Cluster.Name, one.Run.Id, one.Verb, one.State == "failed" ? "has failed" : "was interrupted", wanted, one.Next(context)!));
            }
        }
    }

    // Another verb's failure says nothing: who waits for a deletion may wait for somebody to ask for it.
    private async Task<bool> IsLostAsync(Standing one) => one is { IsOpen: true, Lease: null, Run: { } run } && one.Verb.StartsWith("delete", StringComparison.Ordinal) == IsDownwards
        && (run.State != "running" || !await IsOfWorkersAsync(run.Id).ConfigureAwait(false));

    // What a worker that died had begun is taken up by another.
    private async Task<bool> IsOfWorkersAsync(string run) =>
        (await context.Toolkit.ListRunEventsAsync(run, cancellation: context.Cancellation).ConfigureAwait(false)).Count > 0;
}
