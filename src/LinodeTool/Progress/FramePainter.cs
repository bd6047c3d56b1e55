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
            writer.Write(Clear() + Text(frame));
            shown = frame;
        }
    }

    /// <summary>Prints lines above the frame.</summary>
    public void Print(IEnumerable<string> lines) => writer.Write(Clear() + Text(lines) + Text(shown));

    /// <summary>Takes the frame away.</summary>
    public void Erase()
    {
        writer.Write(Clear());
        shown = [];
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>Up over what was drawn, counted in rows it takes at today's width: a terminal made narrower has wrapped it.</summary>
    private string Clear()
    {
        var width = Math.Max(1, screen().Width);
        var rows = shown.Sum(line => Math.Max(1, (line.Length + width - 1) / width));
        return rows == 0 ? "" : new StringBuilder().Append("\x1b[").Append(rows).Append("A\r\x1b[J").ToString();
    }
}
