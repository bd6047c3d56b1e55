using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Playbooks of a plan, run from this machine.</summary>
internal sealed class AnsibleConfigurator : IConfigurator
{
    public ActionKind Kind { get; } = new("ansible", "a playbook");

    public Problem? Missing() => null;

    public IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools) => [];
}
