using LinodeTool.Views;

namespace LinodeTool.Tests.Views;

public sealed class StoryViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_node_that_failed_says_first_what_failed_and_last_what_to_do()
    {
        var node = new NodeDocument(
            70000004, "db-4", "shop", "us-east", "db", 4, [], "g6-nanode-1", "linode/debian12", "db-4", "192.0.2.4", null, null, "running", "failed",
            null, null, "LCT6217 db-4: 'storage' ended with exit code 1", Noon) { Login = "lctadmin" };
        var story = new StoryDocument(
            node, "7f3a",
            [
                new(Task(9, "storage db-4", "failed", 3) with { Problem = "LCT6217 db-4: it ended" }, new ErrorBody(
                    "LCT6217", "'storage' on db-4 ended with exit code 1", new(null, null, null, "db-4"), "mkfs.xfs: no space",
                    ["give it a larger disk"], false, null)),
                new(Task(1, "create db-4", "done", 1), null),
                new(Task(12, "verify db-4", "skipped", 0), null),
            ],
            "/state/nodes/db-4.log", ["2026-03-01T12:00:00.000Z run storage", "  ! mkfs.xfs: no \u001bspace"],
            ["remove the cause, then: linodetool cluster create shop shop.yaml", "look inside: linodetool node ssh db-4"]);

        Approved.Matches("node-why", string.Join('\n', StoryView.Text(story)) + "\n");
    }

    private static TaskDocument Task(int place, string step, string state, int attempts) =>
        new($"7f3a.{place}", "7f3a", "shop", step, state, attempts, Noon, Noon.AddSeconds(4), null);
}
