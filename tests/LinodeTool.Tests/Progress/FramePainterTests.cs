using LinodeTool.Host;
using LinodeTool.Progress;

namespace LinodeTool.Tests.Progress;

public sealed class FramePainterTests
{
    [Fact]
    public void A_frame_replaces_the_one_before_and_leaves_nothing_behind()
    {
        var (writer, painter) = Painter(() => new(80, 24));

        painter.Paint(["one", "two"]);
        painter.Paint(["three"]);
        painter.Erase();

        Assert.Equal("one\ntwo\n\u001b[2A\r\u001b[Jthree\n\u001b[1A\r\u001b[J", writer.ToString());
    }

    [Fact]
    public void An_unchanged_frame_writes_nothing()
    {
        var (writer, painter) = Painter(() => new(80, 24));

        painter.Paint(["one"]);
        painter.Paint(["one"]);

        Assert.Equal("one\n", writer.ToString());
    }

    [Fact]
    public void Permanent_lines_go_above_the_frame()
    {
        var (writer, painter) = Painter(() => new(80, 24));

        painter.Paint(["bar"]);
        painter.Print(["failed x"]);

        Assert.Equal("bar\n\u001b[1A\r\u001b[Jfailed x\nbar\n", writer.ToString());
    }

    [Fact]
    public void A_terminal_made_narrower_is_cleared_by_the_rows_the_old_frame_takes_now()
    {
        var width = 80;
        var (writer, painter) = Painter(() => new(width, 24));

        painter.Paint([new string('x', 70), "y"]);
        width = 40;
        painter.Paint(["z"]);

        Assert.EndsWith("\u001b[3A\r\u001b[Jz\n", writer.ToString());
    }

    private static (StringWriter, FramePainter) Painter(Func<ScreenSize> screen)
    {
        var writer = new StringWriter();
        return (writer, new FramePainter(writer, screen));
    }
}
