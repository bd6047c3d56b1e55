using LinodeClusterToolkit.Clusters;
using LinodeTool.Progress;

namespace LinodeTool.Tests.Progress;

public sealed class RunModelTests
{
    [Fact]
    public void A_node_is_ready_when_its_state_says_so_not_when_a_step_ends()
    {
        var model = Runs.Model(1, 1, 2);

        model.Take(Runs.Of(RunEventTypes.TaskStarted, 0, 0, 0, "creating"));
        model.Take(Runs.Of(RunEventTypes.TaskFinished, 0, 0, 0));
        Assert.Equal((0, 1), (model.Ready, model.Count(Stage.Working)));

        model.Take(Runs.Of(RunEventTypes.NodeState, 0, 0, 0, "ready"));
        Assert.Equal((1, 0), (model.Ready, model.Count(Stage.Working)));
    }

    [Fact]
    public void A_failed_node_stays_failed_while_its_other_steps_go_on()
    {
        var model = Runs.Model(1, 1, 1);

        model.Take(Runs.Of(RunEventTypes.TaskFailed, 0, 0, 0));
        model.Take(Runs.Of(RunEventTypes.TaskStarted, 0, 0, 0, "attaching"));

        Assert.Equal(1, model.Count(Stage.Failed));
    }

    [Fact]
    public void When_deleting_gone_is_what_counts()
    {
        var model = new RunModel();
        model.Take(Runs.Event(RunEventTypes.RunStarted) with { Shape = new RunShape("delete", [new("region-0", "group-00", 1)], 1, null) });

        model.Take(Runs.Of(RunEventTypes.NodeState, 0, 0, 0, "gone"));

        Assert.Equal(1, model.Ready);
    }

    [Fact]
    public void Time_left_follows_the_bound_first_and_the_share_done_later()
    {
        var model = Runs.Model(1, 1, 2);
        Assert.Equal(TimeSpan.FromSeconds(110), model.Left(Runs.Start.AddSeconds(10)));

        foreach (var step in new[] { "a", "b", "c" })
        {
            model.Take(Runs.Event(RunEventTypes.TaskFinished, 60) with { Task = step });
        }

        Assert.Equal(TimeSpan.FromSeconds(20), model.Left(Runs.Start.AddSeconds(60)));
    }

    [Fact]
    public void A_step_of_no_node_can_be_the_slowest()
    {
        var model = Runs.Model(1, 1, 1);

        model.Take(Runs.Event(RunEventTypes.TaskStarted, 1) with { Task = "create balancer us-east/webnb", Text = "creating" });
        Assert.Equal("create balancer us-east/webnb", model.Slowest?.Label);

        model.Take(Runs.Event(RunEventTypes.TaskFinished, 2) with { Task = "create balancer us-east/webnb" });
        Assert.Null(model.Slowest);
    }
}
