using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Settings;

namespace LinodeTool.Tests.Settings;

public sealed class QueueSettingsTests
{
    private const string Config = ".config/linodetool/config.yaml";

    [Fact]
    public void An_option_beats_the_variable_beats_the_file_and_what_is_said_of_it_has_no_password()
    {
        using var tool = new TestTool();
        tool.Write(Config, "queue: amqp://lct@127.0.0.1/file\n");
        Assert.Contains("file", Read(tool).Of(null).Description);

        tool.Environment[QueueSettings.Variable] = "amqp://lct:hidden@127.0.0.1/variable";
        Assert.Contains("variable", Read(tool).Of(null).Description);
        Assert.DoesNotContain("hidden", Read(tool).Of(null).Description);

        Assert.Contains("option", Read(tool).Of("amqp://lct@127.0.0.1/option").Description);
    }

    [Fact]
    public void A_password_in_a_file_is_refused_and_not_repeated()
    {
        using var tool = new TestTool();
        tool.Write(Config, "queue: amqp://lct:hidden@127.0.0.1/lct\n");

        var problem = Assert.Throws<LinodeToolkitException>(() => Read(tool).Of(null)).Problem;

        Assert.Equal("LCT7518", problem.Code);
        Assert.DoesNotContain("hidden", problem.ToString());
    }

    [Fact]
    public void A_password_on_the_command_line_can_be_seen_by_others()
    {
        Assert.True(QueueSettings.IsInSight("amqp://lct:hidden@127.0.0.1/lct"));
        Assert.False(QueueSettings.IsInSight("amqp://lct@127.0.0.1/lct"));
        Assert.False(QueueSettings.IsInSight("nothing of that kind"));
        Assert.False(QueueSettings.IsInSight(null));
    }

    [Fact]
    public void The_emulator_has_no_workers_and_programs_that_are_started_see_nothing_of_it()
    {
        using var tool = new TestTool { Environment = { [QueueSettings.Variable] = "amqp://lct@127.0.0.1/lct" } };

        Assert.True(Read(tool).IsConfigured);
        Assert.False(Read(tool, emulator: true).IsConfigured);
        Assert.All(["LINODETOOL_QUEUE", "LINODETOOL_QUEUE_PASSWORD"], name => Assert.Contains(name, SecretVariables.All));
    }

    [Fact]
    public void A_project_file_may_not_say_where_the_queue_is()
    {
        using var tool = new TestTool();
        tool.Write(".linodetool.yaml", "queue: amqp://evil.example/lct\n");

        Assert.Equal("LCT7513", Assert.Throws<LinodeToolkitException>(() => Read(tool)).Problem.Code);
    }

    private static QueueSettings Read(TestTool tool, bool emulator = false)
    {
        var root = CommandTree.Build();
        return new(tool.Host, ToolSettings.Read(tool.Host, root.Globals, Parsing.Parse(root, ["worker", "start"])), emulator, _ => null);
    }
}
