using System.Text.Json;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Views;

namespace LinodeTool.Progress;

/// <summary>One event a line; also what <c>--events</c> and a run's folder get.</summary>
internal sealed class JsonView(TextWriter writer) : IProgressView
{
    public void Take(RunEvent happened, RunModel model) =>
        writer.WriteLine(JsonSerializer.Serialize(EventDocument.From(happened), ToolJson.Default.EventDocument));

    public void Say(string line)
    {
        // A stream of events carries nothing else; what is said here follows from the summary event.
    }

    public void Tick(RunModel model) => writer.Flush();

    public void End(RunModel model) => writer.Flush();
}
