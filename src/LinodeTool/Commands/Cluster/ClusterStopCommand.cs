using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterStopCommand
{
    private static readonly Guide Guide = new(
        "To shut every node down, each group after those that depend on it: first what the plan has done when a cluster stops, then a request to the "
            + "cloud, which its watchdog respects. Disks and addresses stay, and so does the price.",
        ["cluster stop ha-wordpress", "cluster stop ha-wordpress --only webservers", "cluster stop ha-wordpress --watchdog off --yes"],
        ["cluster start", "cluster restart", "cluster delete"])
    {
        ExitNotes = ["5: a group that runs depends on it; see --force", "7: an action failed and what comes after it runs on; see --force"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var only = ClusterPower.Only();
        var force = Words.Flag("--force", "Go on although an action fails, or a group that runs needs this one");
        var watchdog = Words.Text("--watchdog", "on|off", "off has the cloud's watchdog leave the nodes alone until they are started again");
        return new Verb("stop", "Stop the nodes of a cluster, against the plan's order", Guide, context =>
        {
            var request = new StopRequest
            {
                Only = ClusterPower.Groups(context, only), Force = context.Has(force), WatchdogOff = ClusterPower.IsOff(context, watchdog),
            };
            return ClusterPower.RunAsync(
                context, new(context.Value(name), "Stop", Disturbs: true, request.Only),
                new PowerPhase("stopped", Backwards: true, cluster => (observer, stop, leave) =>
                    context.Toolkit.StopAsync(cluster, request, observer, stop, leave)));
        })
        {
            name, only, force, watchdog,
        };
    }
}
