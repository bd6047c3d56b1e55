using LinodeClusterToolkit.Configuration.Ansible;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Playbooks of a plan, run on the node itself.</summary>
internal sealed class LocalAnsibleConfigurator : IConfigurator
{
    public ActionKind Kind { get; } = new("localansible", "a playbook")
    {
        IsDoneByNodes = true,
        BuiltIns = new Dictionary<string, string> { ["diskprovisioning"] = "every node makes and mounts its filesystems by itself" },
    };

    public Problem? Missing() => null;

    public Task<Problem?> CheckAsync(ResolvedAction action, TimeProvider time, CancellationToken cancellation) =>
        Task.FromResult(PlaybookFolder.Check(action));

    public IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools) =>
        NodeSteps.For(site, tools, new LocalPlaybook(site, tools).RunAsync);
}
