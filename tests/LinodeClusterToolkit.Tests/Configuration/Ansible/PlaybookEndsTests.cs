using LinodeClusterToolkit.Configuration.Ansible;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Configuration.Ansible;

/// <summary>What a run means for each node, by the lines that the callback writes.</summary>
public sealed class PlaybookEndsTests
{
    private const string Failed = """{"event":"result","host":"web-2","state":"failed","task":"install","message":"no such package","detail":"E: nothing\n","code":100}""";

    [Fact]
    public void A_failure_is_one_of_the_node_that_the_recap_names()
    {
        var run = Run(2, Failed, """{"event":"recap","hosts":{"web-1":{"failures":0,"unreachable":0},"web-2":{"failures":1,"unreachable":0}}}""");

        Assert.Equal([null, "LCT6264 task 'install' of ansible:site.yaml failed on web-2: no such package | E: nothing", "LCT6266 ansible:site.yaml ended before it was done with web-3: task 'install' failed on web-2"], Ends(run));
    }

    [Fact]
    public void What_was_rescued_is_no_failure() => Assert.Equal(
        [null, null, null],
        Ends(Run(0, Failed, """{"event":"recap","hosts":{"web-1":{"failures":0},"web-2":{"failures":0,"rescued":1}}}""")));

    [Fact]
    public void A_node_that_is_not_reached_is_worth_another_try()
    {
        var run = Run(4,
            """{"event":"result","host":"web-1","state":"unreachable","task":"Gathering Facts","message":"Failed to connect","detail":"","code":null}""",
            """{"event":"recap","hosts":{"web-1":{"failures":0,"unreachable":1},"web-2":{"failures":0},"web-3":{"failures":0}}}""");

        Assert.Equal(["LCT6262 Ansible did not reach web-1 for task 'Gathering Facts' of ansible:site.yaml: Failed to connect", null, null], Ends(run));
        Assert.True(PlaybookEnds.ProblemOf(Action, "web-1", TimeSpan.FromMinutes(1), run)!.Retryable);
    }

    [Fact]
    public void Where_its_time_was_over_the_task_it_was_at_is_named()
    {
        var run = Run(null, """{"event":"task","task":"download"}""", """{"event":"result","host":"web-1","state":"ok","task":"before"}""", """{"event":"rec""");

        Assert.All(["web-1", "web-2"], node => Assert.Equal(
            ("LCT6265", "it was at task 'download'"),
            (PlaybookEnds.ProblemOf(Action, node, TimeSpan.FromMinutes(1), run)!.Code, PlaybookEnds.ProblemOf(Action, node, TimeSpan.FromMinutes(1), run)!.Why)));
    }

    [Fact]
    public void A_run_without_a_word_of_any_node_never_was_one()
    {
        Assert.True(PlaybookEnds.NeverRan(Run(4)));
        Assert.False(PlaybookEnds.NeverRan(Run(0)));
        Assert.False(PlaybookEnds.NeverRan(Run(2, Failed)));
    }

    private static ResolvedAction Action { get; } = new(Transition.ClusterStarting, "ansible", "site.yaml");

    private static PlaybookResult Run(int? code, params string[] lines) => new(code, "", "ERROR! it broke", AnsibleReport.Read(string.Join('\n', lines)));

    private static IEnumerable<string?> Ends(PlaybookResult run) => new[] { "web-1", "web-2", "web-3" }
        .Select(node => PlaybookEnds.ProblemOf(Action, node, TimeSpan.FromMinutes(1), run)).Select(problem => problem is null ? null : $"{problem.Code} {problem.What}: {problem.Why}");
}
