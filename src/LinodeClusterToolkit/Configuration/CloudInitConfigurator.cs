using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Parts of user data that a plan brings: they ride in the create call, and <see cref="EndFirstBoot"/> waits for their end.</summary>
/// <remarks>
/// The node is closed before any of it runs: what it calls must be among the group's <c>uses</c>. After the first boot cloud-init is off.
/// </remarks>
internal sealed class CloudInitConfigurator : IConfigurator
{
    private const int MostBytes = 64 * 1024;

    public ActionKind Kind { get; } = new(RiderKinds.CloudInit, "a file of user data: it runs once, at the first boot, while the node is closed")
    {
        Only = [Transition.FirstBoot],
        MostBytes = MostBytes,
        Check = CloudInitCheck.Of,
        BuiltIns = new Dictionary<string, string> { ["firewalled"] = "every node is firewalled from its first boot on" },
    };

    public Problem? Missing() => null;

    public IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools) => [];
}
