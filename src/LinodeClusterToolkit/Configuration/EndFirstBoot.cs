using System.Globalization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Waits for the end of the first boot, as the node itself tells it, and for what the plan had ride in the create call.</summary>
internal sealed class EndFirstBoot(ConfigurationTools tools) : IGraphPart
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from node in changes.BootedNodes
        let riders = changes.RidersOf(node)
        select new TaskStep($"first boot {node.Label}", (_, token) => EndAsync(node, riders, token))
        {
            After = [Milestone.Secured(node.Label)],
            Before = [Milestone.Configured(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Doing = "waiting for the first boot to end",
        };

    private async Task EndAsync(ResolvedNode node, Riders riders, CancellationToken cancellation)
    {
        // A StackScript can keep cloud-init waiting: each has the time of whichever may take longest.
        var longest = riders.Parts.Append(riders.StackScript).OfType<ResolvedAction>().Select(LimitOf).Append(Usual).Max();
        var parts = string.Join(", ", riders.Parts.Select(part => part.Name));
        var first = ShellScript.Of("Configuration", "end");
        first = node.TakesUserData
            ? first.Call("cloud_init_ended", Seconds(longest), parts.Length > 0 ? "yes" : "no")
            : first.Call("cloud_init_off");
        await RunAsync(node, parts.Length > 0 ? $"firstboot {parts}" : "first boot", first, longest, cancellation).ConfigureAwait(false);
        if (riders.StackScript is { } brought)
        {
            // What it was given is masked in what it printed.
            await tools.GivenAsync(brought, cancellation).ConfigureAwait(false);
            var limit = LimitOf(brought);
            var second = ShellScript.Of("Configuration", "end").Call("stackscript_ended", Seconds(limit));
            await RunAsync(node, $"firstboot {brought.Name}", second, limit, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(ResolvedNode node, string title, ShellScript script, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await tools.RunActionAsync(node.Key, title, script, limit, cancellation).ConfigureAwait(false);
        }
        catch (RemoteException ended) when (ended.Stage == RemoteStage.Command)
        {
            throw new RemoteException(ended.Stage, ConfigurationProblems.FirstBootFailed(node.Label, ended.Problem), ended);
        }
    }

    private static TimeSpan LimitOf(ResolvedAction action) => action.Timeout ?? Usual;

    private static string Seconds(TimeSpan span) => ((int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
