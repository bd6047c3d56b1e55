using System.Text;
using LinodeTool.Host;

namespace LinodeTool.Progress;

/// <summary>Keeps a block of lines in place at the end of a terminal; what is printed for good goes above it.</summary>
/// <remarks>Each frame is one write. The cursor stays visible, so that a killed process leaves the terminal as it was.</remarks>
internal sealed class FramePainter(TextWriter writer, Func<ScreenSize> screen)
{
    private IReadOnlyList<string> shown = [];

    public void Paint(IReadOnlyList<string> frame)
    {
        if (!frame.SequenceEqual(shown))
        {
            writer.Write(Over(frame));
            shown = frame;
        }
    }

    /// <summary>Prints lines above the frame.</summary>
    public void Print(IEnumerable<string> lines) => writer.Write(Over([.. lines, .. shown]));

    /// <summary>Takes the frame away.</summary>
    public void Erase()
    {
        writer.Write(Over([]));
        shown = [];
    }

    /// <summary>New lines over the old ones, each cleared to its end.</summary>
    /// <remarks>
    /// What was drawn is counted in rows it takes at today's width: a terminal made narrower has wrapped it. The screen is never cleared as a
    /// whole, since terminals such as tmux then move what stood there into the scroll-back.
    /// </remarks>
    private string Over(IReadOnlyList<string> lines)
    {
        const string clearToEnd = "\x1b[K\n";
        var width = Math.Max(1, screen().Width);
        var rows = shown.Sum(line => Math.Max(1, (line.Length + width - 1) / width));
        var left = Math.Max(0, rows - lines.Count);
        return new StringBuilder()
            .Append(Up(rows))
            .AppendJoin("", lines.Select(line => line + clearToEnd))
            .AppendJoin("", Enumerable.Repeat(clearToEnd, left))
            .Append(Up(left))
            .ToString();
    }

    private static string Up(int rows) => rows == 0 ? "" : FormattableString.Invariant($"\x1b[{rows}A\r");
}
