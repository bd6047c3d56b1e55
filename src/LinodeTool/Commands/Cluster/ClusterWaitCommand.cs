using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterWaitCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(30);

    private static readonly Guide Guide = new(
        "In scripts, after a run was started elsewhere or with --detach.",
        ["cluster wait ha-wordpress --for planready", "cluster wait ha-wordpress --for deleted --timeout 10m"],
        ["cluster show", "cluster events"])
    {
        ExitNotes =
        [
            "7: its run has failed or was stopped, and nobody goes on with it", "8: not reached within --timeout (30m if not given); the work goes on",
        ],
    };

    private static readonly string[] Stages = [.. Enum.GetValues<NodeStage>().Where(stage => stage > NodeStage.Started).Select(Word)];

    private static readonly string[] States = [.. Enum.GetValues<ClusterState>().Select(Word), .. Stages];

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var state = Words.Text("--for", "STATE", string.Join(", ", States));
        state.Required = true;
        return new Verb("wait", "Wait until a cluster has a state", Guide, async context =>
        {
            var wanted = States.Contains(context.Value(state)) ? context.Value(state)!
                : throw new LinodeToolkitException(UsageProblems.BadValue("--for", context.Value(state)!, $"one of {string.Join(", ", States)}",
                    States));
            var limit = context.Timeout ?? Usual;
            var until = context.Host.Time.GetUtcNow() + limit;
            var hope = new Hope(context, wanted);
            while (!await HasReachedAsync(context, context.Value(name), wanted).ConfigureAwait(false))
            {
                await hope.DemandAsync(context.Value(name)).ConfigureAwait(false);
                if (context.Host.Time.GetUtcNow() >= until)
                {
                    throw new LinodeToolkitException(CommandProblems.NotInTime($"{context.Value(name)}: {wanted}", limit));
                }

                await Task.Delay(Pace, context.Host.Time, context.Cancellation).ConfigureAwait(false);
            }

            return ExitCode.Done;
        })
        {
            name, state,
        };
    }

    /// <summary>A cluster that is not there is deleted to one who waits for that, and a mistake to all others.</summary>
    private static async Task<bool> HasReachedAsync(ToolContext context, string name, string wanted)
    {
        try
        {
            var cluster = await context.Toolkit.GetClusterAsync(name, context.Cancellation).ConfigureAwait(false);
            return Stages.Contains(wanted) ? Array.IndexOf(Stages, Word(cluster.Stage)) >= Array.IndexOf(Stages, wanted)
                : Word(cluster.Cluster.State) == wanted
                    || (wanted == "created" && cluster.Cluster.State is ClusterState.Starting or ClusterState.Started);
        }
        catch (LinodeToolkitException missing) when (wanted == "deleted" && missing.Problem.Family == 4)
        {
            return true;
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
