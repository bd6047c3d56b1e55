using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>Writes down what a playbook did: to each node's log what happened there, and all of it to a log of the cluster's playbooks.</summary>
internal sealed class PlaybookLog(ConfigurationTools tools, ActionSite site, string file, DateTimeOffset began)
{
    /// <summary>The whole of a run, as Ansible printed it.</summary>
    public void Write(PlaybookResult result) => Append(
        $"{tools.Book.Cluster.Name}.ansible", Lines("  | ", result.Output) + Lines("  ! ", result.Error)
            + (result.ExitCode is { } code ? $"exit code {code}" : "its time was over"));

    /// <summary>Each node's part of it.</summary>
    public void Write(PlaybookResult result, IEnumerable<(string Node, Problem? Problem)> ends)
    {
        var results = result.Report.Results.ToLookup(one => one.Host, StringComparer.Ordinal);
        foreach (var (node, problem) in ends)
        {
            var lines = results[node]
                .Select(one => Lines("  | ", $"{one.State}: {one.Task}") + Lines("  ! ", one.Message) + Lines("  ! ", one.Detail));
            var end = problem is null ? "done" : $"{problem.Code}: {problem.What}{(problem.Why is { } why ? $" ({why})" : "")}";
            Append(node, string.Concat(lines) + end);
        }
    }

    private static string Lines(string lead, string text) => text.Length == 0
        ? ""
        : string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"{lead}{line.TrimEnd('\r')}\n"));

    private void Append(string log, string what)
    {
        var took = (tools.Time.GetUtcNow() - began).TotalSeconds;
        var (lines, end) = what.LastIndexOf('\n') is >= 0 and var at ? (what[..(at + 1)], what[(at + 1)..]) : ("", what);
        var entry = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{began:yyyy-MM-ddTHH:mm:ss.fffZ} run {site.Title}: {AnsibleProgram.Name} {file}\n")
            .Append(lines).Append(CultureInfo.InvariantCulture, $"  = {end}, {took:0.000} s\n");
        tools.Log?.Append(log, RemoteText.Printable(entry.ToString()));
    }
}
