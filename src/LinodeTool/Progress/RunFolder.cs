using LinodeClusterToolkit.Clusters;
using LinodeTool.Settings;
using Serilog;
using Serilog.Core;

namespace LinodeTool.Progress;

/// <summary>A run's own files: <c>events.jsonl</c>, <c>log.txt</c> and <c>plan.yaml</c>; made when the first event tells the run's id.</summary>
internal sealed class RunFolder(Folders folders, string? plan) : IProgressView, IDisposable
{
    private readonly List<IProgressView> files = [];
    private readonly List<IDisposable> open = [];

    public static string EventsFile(Folders folders, string run) => Path.Combine(folders.Run(run), "events.jsonl");

    public void Take(RunEvent happened, RunModel model)
    {
        if (open.Count == 0)
        {
            Open(happened.Run);
        }

        files.ForEach(file => file.Take(happened, model));
    }

    public void Say(string line) => files.ForEach(file => file.Say(line));

    public void Tick(RunModel model) => files.ForEach(file => file.Tick(model));

    public void End(RunModel model)
    {
        files.ForEach(file => file.End(model));
        Dispose();
    }

    public void Dispose()
    {
        open.ForEach(file => file.Dispose());
        open.Clear();
        files.Clear();
    }

    private void Open(string run)
    {
        var folder = folders.Run(run);
        PrivateFiles.Folder(folder);
        var events = PrivateFiles.Append(EventsFile(folders, run));
        var log = Log(Path.Combine(folder, "log.txt"));
        open.AddRange([events, log]);
        files.AddRange([new JsonView(events), new LogView(log)]);
        if (plan is not null)
        {
            using var copy = PrivateFiles.Create(Path.Combine(folder, "plan.yaml"));
            copy.Write(plan);
        }
    }

    private static Logger Log(string path)
    {
        PrivateFiles.Append(path).Dispose();
        return new LoggerConfiguration()
            .WriteTo.File(
                path, outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}",
                formatProvider: System.Globalization.CultureInfo.InvariantCulture)
            .CreateLogger();
    }
}
