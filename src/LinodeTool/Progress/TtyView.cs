using LinodeClusterToolkit.Clusters;
using LinodeTool.Host;
using LinodeTool.Output;

namespace LinodeTool.Progress;

/// <summary>A table that stays in place; failures scroll above it as permanent lines.</summary>
internal sealed class TtyView(TextWriter writer, Func<ScreenSize> screen, Ink ink, TimeProvider time) : IProgressView
{
    private readonly FramePainter painter = new(writer, screen);

    public void Take(RunEvent happened, RunModel model)
    {
        if (happened is { Type: RunEventTypes.TaskFailed, Error: { } problem })
        {
            painter.Print([$"{ink.Red("failed")} {Output.Say.Plain(happened.Node ?? happened.Task ?? "")}: {Output.Say.Plain(problem.What)}"]);
        }
        else if (happened is { Type: RunEventTypes.Note, Text: { } text })
        {
            painter.Print([Output.Say.Plain(text)]);
        }
    }

    public void Say(string line) => painter.Print([Output.Say.Plain(line)]);

    public void Tick(RunModel model)
    {
        if (model.Started is not null)
        {
            painter.Paint(Layout.Lines(model, screen(), time.GetUtcNow()));
        }
    }

    public void End(RunModel model)
    {
        painter.Erase();
        EndTable.Write(writer, model, screen().Width - 1, ink, time.GetUtcNow());
    }
}
