using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Commands;
using LinodeTool.Output;

namespace LinodeTool.Tests.Commands;

public sealed class CausesTests
{
    [Fact]
    public void Nodes_that_fail_for_one_reason_are_told_as_one_and_the_commonest_reason_last()
    {
        var told = Causes.Of(
        [
            ("web-1", Refused("web-1", "SHA256:aaaa", "192.0.2.1: Permission denied")),
            ("db-1", new Problem("LCT6211", "no SSH on db-1 after 30 s: no route", Where: "db-1", Fix: ["try again"])),
            ("web-2", Refused("web-2", "SHA256:bbbb", "192.0.2.2: Permission denied")),
        ]);

        Assert.Equal(
            """
            error LCT6211: no SSH on db-1 after 30 s: no route
              where: db-1
              fix:   try again
            error LCT6214: lctadmin is not let in to 2 nodes with its key
              where: web-1
                     web-2
              why:   web-1: 192.0.2.1: Permission denied
              fix:   look
            """, string.Join('\n', ProblemText.Lines(told, Ink.None)));
    }

    [Fact]
    public void What_has_to_be_mended_on_each_is_told_of_each()
    {
        var told = Causes.Of(new[] { "web-1", "web-2" }.Select(node =>
            (node, new Problem("LCT6212", $"{node} shows another key", Fix: [$"remove {node}"]))));

        Assert.Equal(["web-1 shows another key", "web-2 shows another key"], told.Select(problem => problem.What));
    }

    private static Problem Refused(string node, string key, string said) =>
        new("LCT6214", $"lctadmin is not let in to {node} with {key}", Where: node, Why: said, Fix: ["look"]);
}
