using LinodeClusterToolkit.Clusters;
using Serilog.Core;
using Serilog.Events;

namespace LinodeTool.Progress;

/// <summary>The run's log.txt: every event in words, for people who look back.</summary>
internal sealed class LogView(Logger log) : IProgressView
{
    public void Take(RunEvent happened, RunModel model)
    {
        var level = happened.Type switch
        {
            RunEventTypes.TaskFailed => LogEventLevel.Error,
            RunEventTypes.TaskRetrying or RunEventTypes.TaskSkipped => LogEventLevel.Warning,
            _ => LogEventLevel.Information,
        };
        log.Write(level, "{Type} {Subject} {Text} {Error}", happened.Type, happened.Task ?? happened.Node ?? happened.Cluster ?? "",
            happened.Text ?? "", happened.Error?.ToString() ?? "");
    }

    public void Say(string line) => log.Write(LogEventLevel.Information, "{Text}", line);

    public void Tick(RunModel model)
    {
        // The file is written line by line.
    }

    public void End(RunModel model)
    {
        // Closed with the run's folder.
    }
}
