using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Work;
using LinodeTool.Views;

namespace LinodeTool.Tests.Commands;

public sealed class WorkerVerbTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("worker start --concurrency 0", "--concurrency cannot be \"0\"")]
    [InlineData("worker start --concurrency many", "--concurrency cannot be \"many\"")]
    [InlineData("worker drain", "NAME is missing")]
    public async Task A_line_that_cannot_be_meant_ends_with_2(string line, string said)
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync(line.Split(' ')));
        Assert.Contains(said, tool.Error);
        Assert.Empty(tool.Out);
    }

    [Theory]
    [InlineData("worker start --queue amqp://127.0.0.1")]
    [InlineData("worker list")]
    [InlineData("worker drain lct-1")]
    public async Task Workers_need_records_they_can_share(string line)
    {
        using var tool = new TestTool();

        Assert.Equal(12, await tool.RunAsync(line.Split(' ')));
        Assert.Contains("LCT7520", tool.Error);
        Assert.Contains("inventory: postgres://", tool.Error);
    }

    [Fact]
    public async Task A_worker_says_that_it_needs_a_queue()
    {
        using var tool = new TestTool { Environment = { ["LINODETOOL_INVENTORY"] = "postgres://lct@127.0.0.1:1/lct" } };

        Assert.Equal(12, await tool.RunAsync("worker", "start"));
        Assert.Contains("LCT7519", tool.Error);
        Assert.Contains("queue: amqps://", tool.Error);
    }

    [Theory]
    [InlineData("ampq://lct:hidden@mq.example.com/lct", 2, "LCT1535")]
    [InlineData("amqp://lct:hidden@mq.example.com:port/lct", 12, "LCT7151")]
    public async Task An_address_that_is_none_is_not_repeated(string address, int code, string problem)
    {
        using var tool = new TestTool { Environment = { ["LINODETOOL_INVENTORY"] = "postgres://lct@127.0.0.1:1/lct" } };

        Assert.Equal(code, await tool.RunAsync("worker", "start", "--queue", address));
        Assert.Contains(problem, tool.Error);
        Assert.DoesNotContain("hidden", tool.Error);
    }

    [Fact]
    public void What_a_worker_says_is_a_line_or_an_object()
    {
        var notice = new WorkerNotice(At, "broker-lost", "the broker is away")
        {
            Customer = "acme", Problem = new("LCT7152", "mq.example.com does not answer"),
        };

        Assert.Equal("2026-03-01 12:00:00Z  broker-lost    the broker is away: LCT7152 mq.example.com does not answer", WorkerNoticeView.Line(notice));
        var json = JsonDocument.Parse(WorkerNoticeView.Json(WorkerNoticeDocument.From(notice))).RootElement;
        Assert.Equal(
            ("2026-03-01T12:00:00Z", "broker-lost", "acme", "LCT7152"),
            (json.GetProperty("ts").GetString(), json.GetProperty("kind").GetString(), json.GetProperty("customer").GetString(),
                json.GetProperty("error").GetProperty("code").GetString()));
        Assert.False(json.TryGetProperty("run", out _));
    }

    [Fact]
    public void A_worker_is_listed_with_what_it_has_under_way()
    {
        var worker = WorkerDocument.From(new("lct-1", "desk", 4711, WorkerState.Draining, At, At, 256, 12, 3));

        Assert.Equal(
            ["lct-1", "draining", "desk", "4711", "3", "12", "256", "2026-03-01 12:00:00Z"],
            WorkerView.Shape.Columns.Where(column => !column.Wide).Select(column => column.Cell(worker)));
        Assert.Equal(
            "runs: 1 waiting, 2 under way · steps: 3 waiting, 4 under way, 5 to be tried again", WorkerView.Load(new(1, 2, 3, 4, 5)));
    }
}
