using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class JsonTaskJournalTests : TaskJournalTests, IAsyncDisposable
{
    private readonly TempFolder temp = new();
    private readonly JsonFolder folder;

    public JsonTaskJournalTests()
    {
        folder = new JsonFolder(temp.Path);
        Journal = new JsonTaskJournal(folder, "");
    }

    private protected override ITaskJournal Journal { get; }

    [Fact]
    public async Task Shows_nothing_of_another_customer()
    {
        await Journal.WriteAsync(new("7f3a", "a", StepState.Done, 1, null, null, null), default);
        Assert.Empty(await new JsonTaskJournal(folder, "customers/linodetool/you/").ReadAsync("7f3a", default));
    }

    [Fact]
    public async Task Only_ever_adds_lines_and_another_process_reads_the_last_of_each_step()
    {
        await Journal.EnterAsync("7f3a", ["a", "b"], default);
        await Journal.WriteAsync(new("7f3a", "a", StepState.Started, 1, null, null, null), default);
        await Journal.WriteAsync(new("7f3a", "a", StepState.Done, 1, null, null, "ü"), default);

        Assert.Equal(
            [
                """{"step":"a","state":"waiting","attempts":0}""", """{"step":"b","state":"waiting","attempts":0}""",
                """{"step":"a","state":"started","attempts":1}""", """{"step":"a","state":"done","attempts":1,"problem":"ü"}""",
            ],
            await File.ReadAllLinesAsync(temp["runs/7f3a.steps.jsonl"]));
        await using var other = new JsonFolder(temp.Path);
        Assert.Equal(
            ["a Done", "b Waiting"], (await new JsonTaskJournal(other, "").ReadAsync("7f3a", default)).Select(entry => $"{entry.Step} {entry.State}"));
    }

    [Fact]
    public async Task A_line_that_is_broken_is_named()
    {
        await Journal.EnterAsync("7f3a", ["a", "b"], default);
        await File.AppendAllTextAsync(temp["runs/7f3a.steps.jsonl"], "{\"step\":\"a\",\"state\":\"donne\",\"attempts\":1}\n");
        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => Journal.ReadAsync("7f3a", default))).Problem;
        Assert.Equal(("LCT7110", 3), (problem.Code, problem.Position!.Value.Line));
    }

    public async ValueTask DisposeAsync()
    {
        await folder.DisposeAsync();
        temp.Dispose();
    }
}
