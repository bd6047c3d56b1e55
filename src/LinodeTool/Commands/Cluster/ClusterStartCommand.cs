using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterStartCommand
{
    private static readonly Guide Guide = new(
        "To boot what is off, each group after those it depends on, with what the plan has done on the way. "
            + "Nodes that a plan left off are set up then.",
        ["cluster start ha-wordpress", "cluster start ha-wordpress --only mysqlnodes", "cluster wait ha-wordpress --for planready"],
        ["cluster stop", "cluster restart", "cluster wait"])
    {
        ExitNotes = ["5: a group it depends on is off; see --force", "7: something failed: cluster retry"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var only = ClusterPower.Only();
        var force = Words.Flag("--force", "Start a group although one that it depends on is off");
        return new Verb("start", "Start the nodes of a cluster, in the plan's order", Guide, context =>
        {
            var request = new StartRequest { Only = ClusterPower.Groups(context, only), Force = context.Has(force) };
            return ClusterPower.RunAsync(
                context, new(context.Value(name), "Start", Disturbs: false, request.Only),
                new PowerPhase("started", Backwards: false, cluster => (observer, stop, leave) =>
                    context.Toolkit.StartAsync(cluster, request, observer, stop, leave)));
        })
        {
            name, only, force,
        };
    }
}
