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

        Assert.Equal("one~two~^2three~~^1^1~^1", Marks(writer));
    }

    [Fact]
    public void An_unchanged_frame_writes_nothing()
    {
        var (writer, painter) = Painter(() => new(80, 24));

        painter.Paint(["one"]);
        painter.Paint(["one"]);

        Assert.Equal("one~", Marks(writer));
    }

    [Fact]
    public void Permanent_lines_go_above_the_frame()
    {
        var (writer, painter) = Painter(() => new(80, 24));

        painter.Paint(["bar"]);
        painter.Print(["failed x"]);

        Assert.Equal("bar~^1failed x~bar~", Marks(writer));
    }

    [Fact]
    public void A_terminal_made_narrower_is_cleared_by_the_rows_the_old_frame_takes_now()
    {
        var width = 80;
        var (writer, painter) = Painter(() => new(width, 24));

        painter.Paint([new string('x', 70), "y"]);
        width = 40;
        painter.Paint(["z"]);

        Assert.EndsWith("^3z~~~^2", Marks(writer));
    }

    [Fact]
    public void The_screen_is_never_cleared_as_a_whole_for_tmux_would_keep_it_in_the_scroll_back()
    {
        var (writer, painter) = Painter(() => new(80, 24));

        painter.Paint(["one"]);
        painter.Paint(["two"]);
        painter.Erase();

        Assert.DoesNotContain("\u001b[J", writer.ToString());
    }

    /// <summary>What was written, with ~ for "clear to the end, next line" and ^n for "n rows up".</summary>
    private static string Marks(StringWriter writer) =>
        System.Text.RegularExpressions.Regex.Replace(writer.ToString().Replace("\u001b[K\n", "~"), "\u001b\\[(\\d+)A\r", "^$1");

    private static (StringWriter, FramePainter) Painter(Func<ScreenSize> screen)
    {
        var writer = new StringWriter();
        return (writer, new FramePainter(writer, screen));
    }
}
