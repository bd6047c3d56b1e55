using LinodeClusterToolkit.Configuration.Ansible;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Playbooks of a plan, run from this machine.</summary>
/// <param name="runner">Runs one; null for the Ansible of this machine.</param>
internal sealed class AnsibleConfigurator(PlaybookRunner? runner = null) : IConfigurator
{
    private static readonly TimeSpan CheckedWithin = TimeSpan.FromMinutes(2);

    public ActionKind Kind { get; } = new("ansible", "a playbook");

    public Problem? Missing() => AnsibleProgram.Path is null ? AnsibleProblems.NoAnsible() : null;

    public async Task<Problem?> CheckAsync(ResolvedAction action, TimeProvider time, CancellationToken cancellation)
    {
        if (!File.Exists(action.File))
        {
            return AnsibleProblems.PlaybookGone(action);
        }

        // Secrets stay where they are: a name is enough for a look at the text.
        var run = new PlaybookRun(action.File, "all: {hosts: {}}\n", [], action.With, CheckedWithin);
        var result = await AnsibleProgram.CheckAsync(run, time, cancellation).ConfigureAwait(false);
        return result.ExitCode == 0 ? null : AnsibleProblems.BadPlaybook(action, result.Error);
    }

    public IEnumerable<TaskStep> StepsFor(ActionSite site, ConfigurationTools tools) =>
        new AnsibleGroup(site, tools, runner ?? AnsibleProgram.RunAsync).Steps();
}
