using LinodeClusterToolkit.Work;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Writes what a worker says of itself: a line each on standard error, or a JSON object a line on standard output.</summary>
internal sealed class WorkerNotices(ToolContext context)
{
    private readonly Lock gate = new();

    public void Tell(WorkerNotice notice)
    {
        // Called from any thread, and lines must stay whole.
        lock (gate)
        {
            if (context.View.IsDocument)
            {
                context.Host.Out.WriteLine(WorkerNoticeView.Json(WorkerNoticeDocument.From(notice)));
                context.Host.Out.Flush();
            }
            else
            {
                context.Messages.Note(WorkerNoticeView.Line(notice));
            }
        }
    }
}
