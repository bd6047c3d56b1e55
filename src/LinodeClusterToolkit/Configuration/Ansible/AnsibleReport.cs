using System.Text.Json;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>What a task came to on a host.</summary>
/// <param name="Host">The host.</param>
/// <param name="State">ok, changed, skipped, ignored, failed or unreachable.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Message">What it said.</param>
/// <param name="Detail">What it printed.</param>
/// <param name="Code">Exit code of its command, where it ran one.</param>
internal sealed record TaskResult(string Host, string State, string Task, string Message, string Detail, int? Code);

/// <summary>How many tasks of a host came to a bad end.</summary>
internal sealed record HostRecap(int Failures, int Unreachable);

/// <summary>What a run of Ansible told about itself: lines of JSON, written by a callback of ours (<c>lct_results.py</c>).</summary>
internal sealed record AnsibleReport
{
    /// <summary>Results in order.</summary>
    public IReadOnlyList<TaskResult> Results { get; private init; } = [];

    /// <summary>The recap by host; null where the run did not come to its end.</summary>
    public IReadOnlyDictionary<string, HostRecap>? Recap { get; private init; }

    /// <summary>True where a play was ended with work left to do, since it had no host to go on with.</summary>
    public bool EndedEarly { get; private init; }

    /// <summary>The task that was begun last.</summary>
    public string? LastTask { get; private init; }

    /// <summary>Reads the lines; what else stands there, such as a line cut short, is passed over.</summary>
    public static AnsibleReport Read(string text)
    {
        var results = new List<TaskResult>();
        var report = new AnsibleReport { Results = results };
        foreach (var line in text.Split('\n').Where(line => line.StartsWith('{')))
        {
            JsonDocument read;
            try
            {
                read = JsonDocument.Parse(line);
            }
            catch (JsonException)
            {
                continue;
            }

            using (read)
            {
                report = report.With(read.RootElement, results);
            }
        }

        return report;
    }

    /// <summary>What made a host fail; null where nothing did.</summary>
    public TaskResult? FailureOf(string host)
    {
        var bad = Results.LastOrDefault(result => result.Host == host && result.State is ("failed" or "unreachable"));

        // What failed and was rescued is no failure in the recap; what a task lets pass is none among the results.
        return Recap?.GetValueOrDefault(host) switch
        {
            { Failures: 0, Unreachable: 0 } => null,
            { Failures: > 0 } => bad ?? new(host, "failed", LastTask ?? "", "", "", null),
            _ => bad,
        };
    }

    private AnsibleReport With(JsonElement line, List<TaskResult> results)
    {
        switch (Text(line, "event"))
        {
            case "task":
                return this with { LastTask = Text(line, "task") };
            case "result":
                results.Add(new(
                    Text(line, "host"), Text(line, "state"), Text(line, "task"), Text(line, "message"), Text(line, "detail"),
                    Number(line, "code")));
                return this;
            case "nobody-left":
                return this with { EndedEarly = true };
            case "recap":
                var recap = line.GetProperty("hosts").EnumerateObject().ToDictionary(
                    host => host.Name, host => new HostRecap(Number(host.Value, "failures") ?? 0, Number(host.Value, "unreachable") ?? 0),
                    StringComparer.Ordinal);
                return this with { Recap = recap };
            default:
                return this;
        }
    }

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
