using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterRestartCommand
{
    private static readonly Guide Guide = new(
        "To stop and start a cluster in the plan's order: what the plan has done at each transition is done again.",
        ["cluster restart ha-wordpress", "cluster restart ha-wordpress --only webservers --yes"],
        ["cluster stop", "cluster start"])
    {
        ExitNotes = ["7: something failed; what was stopped stays so: linodetool cluster start"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var only = ClusterPower.Only();
        var force = Words.Flag("--force", "Go on although an action fails, or a group that runs needs this one");
        return new Verb("restart", "Stop a cluster and start it again", Guide, context =>
        {
            var (groups, forced) = (ClusterPower.Groups(context, only), context.Has(force));
            return ClusterPower.RunAsync(
                context, new(context.Value(name), "Restart", Disturbs: true, groups),
                new PowerPhase("stopped", Backwards: true, cluster => (observer, stop, leave) =>
                    context.Toolkit.StopAsync(cluster, new StopRequest { Only = groups, Force = forced }, observer, stop, leave)),
                new PowerPhase("started", Backwards: false, cluster => (observer, stop, leave) =>
                    context.Toolkit.StartAsync(cluster, new StartRequest { Only = groups, Force = forced }, observer, stop, leave)));
        })
        {
            name, only, force,
        };
    }
}
