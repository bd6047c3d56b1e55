using LinodeTool.Views;

namespace LinodeTool.Tests.Views;

/// <summary>Changes in lines that fit a terminal.</summary>
public sealed class ApplyViewTests
{
    [Fact]
    public void What_is_alike_on_several_nodes_is_one_line_and_what_is_long_is_told_below_it()
    {
        var services = Enumerable.Range(1, 12).Select(number => Change($"shop-us-east-webservers-{number}", "in_place", "services") with
        {
            From = "provides http 80/tcp 443/tcp from anywhere; calls mysql 3306/tcp from webservers", To = "", Why = "who listens or calls differs",
        });
        var other = Change("db-1", "reboot", "type") with { Group = "db", From = "g6-nanode-1", To = "g6-standard-1", Monthly = 7, Why = "the plan has another" };

        var text = ApplyView.Text(Document([.. services, other])).ToList();

        Assert.Equal(
            """
            shop: nothing is done
            left as it is, since nobody said --prune or --rebuild:
              ~ node us-east/webservers shop-us-east-webservers-1 … 12 (12): services
                  from  provides http 80/tcp 443/tcp from anywhere; calls mysql 3306/tcp
                        from webservers
                  to    none
                  (who listens or calls differs)
              ! node us-east/db db-1: type g6-nanode-1 → g6-standard-1, reboots  +$7.00/mo
                  (the plan has another)
            """,
            string.Join('\n', text));
        Assert.All(text, line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void What_is_lost_is_told_so()
    {
        var line = Assert.Single(ApplyView.Lost(Document([Change("web-2", "remove", "") with { Does = "done", From = "g6-nanode-1 in us-east", LosesData = true, Why = "gone" }])));

        Assert.Equal("  - node us-east/webservers web-2: g6-nanode-1 in us-east, LOSES DATA  (gone)", line);
    }

    private static PlannedChangeDocument Change(string label, string how, string fact) =>
        new(how, "held", "node", label, label, "us-east", "webservers", label, fact, null, null, "", false, 0, 0, 0, "node.services");

    private static ApplyDocument Document(IReadOnlyList<PlannedChangeDocument> changes) => new("shop", "changes", changes, 0, 0, null!, 0, 0, "", null!, []);
}
