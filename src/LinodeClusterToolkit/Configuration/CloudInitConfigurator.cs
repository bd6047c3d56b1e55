using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Parts of user data that a plan brings: they ride in the create call, so nothing is left to be run here.</summary>
internal sealed class CloudInitConfigurator : IConfigurator
{
    private const int MostBytes = 64 * 1024;

    public ActionKind Kind { get; } = new("cloudinit", "a file of user data")
    {
        Only = [Transition.FirstBoot],
        MostBytes = MostBytes,
        BuiltIns = new Dictionary<string, string> { ["firewalled"] = "every node is firewalled from its first boot on" },
    };

    public Problem? Missing() => null;

    public IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools) => [];
}
