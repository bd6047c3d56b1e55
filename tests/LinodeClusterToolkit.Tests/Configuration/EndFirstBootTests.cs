using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>What a node is asked for the end of its first boot.</summary>
public sealed class EndFirstBootTests
{
    [Fact]
    public async Task A_node_with_nothing_of_the_plans_is_waited_for_alone()
    {
        var shell = new ScriptedShell();
        await RunAsync(shell, Node("web", 1));
        await RunAsync(shell, Node("web", 1) with { TakesUserData = false });

        Assert.Equal(["cloud_init_ended '600' 'no'", "cloud_init_off"], shell.Scripts.Select(Call));
    }

    [Fact]
    public async Task What_the_plan_brought_has_the_time_it_says_and_its_name()
    {
        var shell = new ScriptedShell();
        await RunAsync(shell, Node("web", 1), Action("stackscript", "setup.sh") with { Timeout = TimeSpan.FromMinutes(20) }, Action("cloudinit", "site.yaml"));

        Assert.Equal(["cloud_init_ended '1200' 'yes'", "stackscript_ended '1200'"], shell.Scripts.Select(Call));
        Assert.Equal(["run firstboot cloudinit:site.yaml", "run firstboot stackscript:setup.sh"], shell.Used.Where(use => use.StartsWith("run", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_failure_tells_exit_code_and_last_lines_and_that_the_node_must_be_made_anew()
    {
        var shell = new ScriptedShell(command => new RemoteResult(
            command.Title!.Contains("stackscript", StringComparison.Ordinal) ? 3 : 0, "no license\ngiving up\n", "", TimeSpan.Zero));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => RunAsync(shell, Node("web", 1), Action("stackscript", "setup.sh")));

        Assert.Equal("LCT6251 web-1: 'firstboot stackscript:setup.sh' on web-1 ended with exit code 3", $"{failed.Problem}");
        Assert.Equal("no license | giving up", failed.Problem.Why);
        Assert.Contains("delete web-1", failed.Problem.Fixes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void It_stands_between_a_secured_and_a_configured_node()
    {
        var step = new EndFirstBoot(null!).StepsFor(Adding(Node("web", 1))).Single();

        Assert.Equal(("first boot web-1", "web-1 secured", "web-1 configured"), (step.Name, step.After.Single(), step.Before.Single()));
    }

    private static async Task RunAsync(ScriptedShell shell, LinodeClusterToolkit.Plans.ResolvedNode node, params ResolvedAction[] actions)
    {
        var inside = await Inside.OfAsync(shell, node);
        var plan = Plan([node]);
        plan = plan with { Regions = [plan.Regions[0] with { Groups = [plan.Regions[0].Groups[0] with { Actions = actions }] }] };
        await Inside.RunAsync(new EndFirstBoot(inside.Tools).StepsFor(ChangePlanner.Additions(Cluster, plan, [], [])));
    }

    private static ResolvedAction Action(string kind, string target) => new(Transition.FirstBoot, kind, target) { Text = "#!/bin/sh\n" };

    private static string Call(string script) => script.Split('\n')[^3];
}
