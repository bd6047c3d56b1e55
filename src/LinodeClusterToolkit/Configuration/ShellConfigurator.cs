using System.Globalization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Scripts of a plan, run on nodes over SSH as root or as an account of the node; the exit code decides.</summary>
internal sealed class ShellConfigurator : IConfigurator
{
    private const int MostBytes = 256 * 1024;

    public ActionKind Kind { get; } = new("shell", "a script, or inline")
    {
        MostBytes = MostBytes, TakesInline = true, TakesArguments = true, IsDoneByNodes = true,
    };

    public Problem? Missing() => null;

    public IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools) =>
        NodeSteps.For(site, tools, (member, _, token) => RunAsync(site, member, tools, token));

    private static async Task RunAsync(ActionSite site, Member member, ConfigurationTools tools, CancellationToken cancellation)
    {
        var (action, limit) = (site.Action, site.Limit);
        var values = await tools.ValuesAsync(action, member, cancellation).ConfigureAwait(false);
        var once = ShellScript.Of("Configuration", "action")
            .With("script", action.Text!)
            .With("account", action.User ?? "")
            .With("limit", ((int)Math.Ceiling(limit.TotalSeconds)).ToString(CultureInfo.InvariantCulture))
            .With("environment", string.Concat(values.Select(value => $"export {value.Key}={ShellText.Quote(value.Value)}\n")))
            .Call("run", action.Arguments);
        var (script, within) = site.IsDoneByNode ? (BootActions.Of(site, once), BootActions.LimitOf(site, limit)) : (once, limit);
        await tools.RunActionAsync(member.Key, site.Title, script, within, cancellation).ConfigureAwait(false);
    }
}
