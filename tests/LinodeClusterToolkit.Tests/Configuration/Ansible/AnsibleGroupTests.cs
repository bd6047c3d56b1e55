using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Configuration.Ansible;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Changes;
using LinodeClusterToolkit.Tests.Tasks;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration.Ansible;

/// <summary>From an action to steps, and from runs to the ends of nodes; Ansible itself is played by the test.</summary>
public sealed class AnsibleGroupTests : IDisposable
{
    private readonly ScriptedShell shell = new();
    private readonly List<PlaybookRun> runs = [];
    private readonly TempFolder folder = new();

    [Fact]
    public async Task One_run_serves_the_group_and_each_node_comes_after_it_and_after_what_is_its_own()
    {
        var steps = await StepsAsync(Action(), Says());

        Assert.Equal(
            """
            clusterstarting 1 ansible:site.yaml web-1 may begin <- web-1 before
            clusterstarting 1 ansible:site.yaml web-2 may begin <- web-2 before
            clusterstarting 1 ansible:site.yaml us-east/web <- clusterstarting 1 ansible:site.yaml web-1 may begin, clusterstarting 1 ansible:site.yaml web-2 may begin
            clusterstarting 1 ansible:site.yaml web-1 <- clusterstarting 1 ansible:site.yaml web-1 may begin, clusterstarting 1 ansible:site.yaml us-east/web
            clusterstarting 1 ansible:site.yaml web-2 <- clusterstarting 1 ansible:site.yaml web-2 may begin, clusterstarting 1 ansible:site.yaml us-east/web
            """,
            string.Join('\n', steps.Select(step => $"{step.Name} <- {string.Join(", ", step.After)}")));
        Assert.Equal(0, steps[2].AtLeast);
    }

    [Fact]
    public async Task A_node_that_fails_is_told_and_the_others_are_done_in_the_same_run()
    {
        var outcomes = await RunAsync(Action(), Says(["web-2"]));

        Assert.Equal(["group: done", "web-1: done", "web-2: LCT6264"], outcomes);
        Assert.Equal(["web-1,web-2"], runs.Select(run => string.Join(',', run.Hosts)));
    }

    [Fact]
    public async Task What_failed_is_tried_again_alone()
    {
        var outcomes = await RunAsync(Action() with { Retries = 2 }, Says(["web-2"], []));

        Assert.Equal(["group: done", "web-1: done", "web-2: done"], outcomes);
        Assert.Equal(["web-1,web-2", "web-2"], runs.Select(run => string.Join(',', run.Hosts)));
    }

    [Fact]
    public async Task A_node_that_no_way_leads_to_does_not_hold_up_the_others()
    {
        shell.Lost.Add("web-1");

        var outcomes = await RunAsync(Action(), Says());

        Assert.Equal(["group: done", "web-1: LCT6211", "web-2: done"], outcomes);
        Assert.Equal(["web-2"], runs.Select(run => string.Join(',', run.Hosts)));
    }

    [Fact]
    public async Task Where_Ansible_cannot_work_at_all_no_node_is_blamed()
    {
        var outcomes = await RunAsync(Action(), (_, _, _) => Task.FromResult(new PlaybookResult(4, "", "ERROR! no such role", AnsibleReport.Read(""))));

        Assert.Equal("group: LCT6260", outcomes[0]);
    }

    [Fact]
    public async Task A_node_whose_group_was_run_by_another_process_is_done_alone()
    {
        var steps = await StepsAsync(Action(), Says());

        await Inside.RunAsync(steps.Where(step => step.Subject.Node == "web-2" && step.Work is not null));

        Assert.Equal(["web-2"], runs.Select(run => string.Join(',', run.Hosts)));
    }

    [Theory]
    [InlineData(RunOn.First, "web-1")]
    [InlineData(RunOn.EachInTurn, "web-1 web-2")]
    public async Task On_one_or_in_turn_each_run_is_for_one_node(RunOn on, string hosts)
    {
        var steps = await StepsAsync(Action() with { RunOn = on }, Says());

        await Inside.RunAsync(steps);

        Assert.Equal(hosts, string.Join(' ', runs.Select(run => string.Join(',', run.Hosts))));
    }

    [Fact]
    public async Task Nodes_that_are_records_have_it_recorded_and_nothing_runs()
    {
        var records = new RecordingShell();
        var steps = await StepsAsync(Action(), Says(), records);

        await Inside.RunAsync(steps.Where(step => step.Work is not null));

        Assert.Equal(
            [("web-1", "clusterstarting ansible:site.yaml: ansible-playbook --limit web-1 /plans/site.yaml"), ("web-2", "clusterstarting ansible:site.yaml: ansible-playbook --limit web-2 /plans/site.yaml")],
            records.Recorded);
        Assert.Empty(runs);
    }

    [Fact]
    public async Task The_inventory_holds_the_nodes_that_are_complete_besides_those_of_the_group()
    {
        var steps = await StepsAsync(Action(), Says());

        await Inside.RunAsync(steps.Where(step => step.Work is not null));

        Assert.Contains("\"db-1\": {ansible_connection: ssh", runs[0].Inventory, StringComparison.Ordinal);
        Assert.Equal((3, TimeSpan.FromMinutes(10)), (runs[0].Inventory.Split("ControlPath").Length - 1, runs[0].Within));
        Assert.Equal(TimeSpan.FromMinutes(20), PlaybookRun.TimeFor(26, TimeSpan.FromMinutes(10)));
    }

    public void Dispose() => folder.Dispose();

    private static ResolvedAction Action() => new(Transition.ClusterStarting, "ansible", "site.yaml") { File = "/plans/site.yaml" };

    /// <summary>An Ansible that fails on these nodes in its first run, on those in its second, and so on.</summary>
    private PlaybookRunner Says(params string[][] failing) => (run, _, _) =>
    {
        var bad = failing.ElementAtOrDefault(runs.Count) ?? [];
        runs.Add(run);
        var recap = string.Join(',', run.Hosts.Select(host => $$"""
            "{{host}}":{"failures":{{(bad.Contains(host) ? 1 : 0)}}}
            """));
        return Task.FromResult(new PlaybookResult(bad.Length == 0 ? 0 : 2, "", "", AnsibleReport.Read("{\"event\":\"recap\",\"hosts\":{" + recap + "}}")));
    };

    private async Task<IReadOnlyList<TaskStep>> StepsAsync(ResolvedAction action, PlaybookRunner runner, IRemoteShell? other = null)
    {
        var inside = await Inside.OfAsync(other ?? shell, Node("web", 1), Node("web", 2), Node("db", 1));
        await inside.Book.SaveNodeAsync(inside.Book.Node("us-east/db/1") with { State = NodeState.Ready });
        Member[] members = [new("us-east/web/1", "web-1", 1), new("us-east/web/2", "web-2", 2)];
        var site = new ActionSite(action, 1, new ChangedGroup("us-east", "web", 2, 0, members), members, member => [$"{member.Label} before"], []);
        return [.. new AnsibleConfigurator(runner).StepsFor(site, new ConfigurationTools(
            new Lazy<IRemoteShell>(other ?? shell), inside.Book, inside.Identities, new MemorySecretStore(), Path.Combine(folder.Path, "known_hosts"), new(), TimeSpan.Zero, new SkippingTime()))];
    }

    private async Task<IReadOnlyList<string>> RunAsync(ResolvedAction action, PlaybookRunner runner)
    {
        var outcomes = new List<string>();
        foreach (var step in (await StepsAsync(action, runner)).Where(step => step.Work is not null))
        {
            string outcome;
            try
            {
                await step.Work!(new StepContext(false, 1, _ => { }), default);
                outcome = "done";
            }
            catch (LinodeToolkitException failed)
            {
                outcome = failed.Problem.Code;
            }

            outcomes.Add($"{step.Subject.Node ?? "group"}: {outcome}");
        }

        return outcomes;
    }
}
