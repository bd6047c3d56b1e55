using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>Real hosts, and what one does with them from a desk.</summary>
internal static class Hosts
{
    /// <summary>What plans of tests install: one list for all of them, as tests/run has it prepared, since each is a system to build.</summary>
    public const string Packages = "ansible-core,etcd-client,etcd-server,redis-server";

    /// <summary>A desk of a test's own, its hosts with these packages beside the usual ones; null where no system can boot.</summary>
    public static async Task<Desk?> SitDownAsync(string? packages = null)
    {
        if (MachinesFactAttribute.Missing is not null)
        {
            return null;
        }

        string[] more = packages is null ? [] : ["--packages", packages];
        var desk = Desk.SitDown(await Cloud.StartAsync(["--hosts", "machines", .. more]));
        desk.Environment["LINODETOOL_REMOTE"] = "openssh";
        return desk;
    }

    /// <summary>Ends its hosts, and then all of it.</summary>
    public static async Task LeaveAsync(Desk? desk)
    {
        if (desk is not null)
        {
            await desk.Cloud.StopAsync();
            await desk.DisposeAsync();
        }
    }

    /// <summary>Runs a script as root on a node.</summary>
    public static Task<Finished> ExecAsync(this Desk desk, string node, string script) =>
        desk.RunAsync("node", "exec", node, "--as-root", "--", "sh", "-c", script);

    /// <summary>What it says, without failing.</summary>
    public static async Task<string> AskAsync(this Desk desk, string node, string script) =>
        (await desk.ExecAsync(node, script)).Ended(0).Out.Trim();

    /// <summary>All nodes with their states, in the order of their names.</summary>
    public static async Task<string> StatesAsync(this Desk desk) => string.Join(
        ", ", (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray()
            .Select(node => $"{node!["label"]} {node["state"]}").Order(StringComparer.Ordinal));

    /// <summary>What ran on a node, as it was written down on this side.</summary>
    public static string LogOf(this Desk desk, string node) => File.ReadAllText(Path.Combine(desk.Kept, "state", "nodes", $"{node}.log"));

    /// <summary>Requests of the tool that changed something, with bodies and times to the second.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ChangesAsync(this Desk desk) =>
    [
        .. (await desk.Cloud.SendAsync("GET", "/_emulator/requests")).AsArray().OfType<JsonNode>()
            .Where(row => (string)row["method"]! != "GET" && (string?)row["token"] is { } by && !by.StartsWith("the-test", StringComparison.Ordinal)),
    ];

    /// <summary>Labels of nodes by their ids.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> NamesAsync(this Desk desk) =>
        (await desk.Cloud.ListAsync("linode/instances")).ToDictionary(node => (long)node["id"]!, node => (string)node["label"]!);
}
