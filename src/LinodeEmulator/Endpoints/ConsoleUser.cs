using System.Text.Json;
using LinodeEmulator.Faults;
using LinodeEmulator.Http;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>Somebody else of the same account, at work in the console behind everybody's back: what is done there is done by the same operations,
/// and told by the same events, under another name.</summary>
internal sealed class ConsoleUser(Cloud cloud, RouteTable routes, FaultBook faults)
{
    private static readonly Caller Somebody = new("console", "*", false) { User = "console-user" };

    /// <summary>Does it. False when there was nothing to do it to yet, or the platform would not have it now.</summary>
    public bool Do(Instance row, string action, DateTime at)
    {
        var clicks = Clicks(row, action).ToList();
        foreach (var (method, path, body) in clicks)
        {
            try
            {
                Click(method, path, body, at);
            }
            catch (ApiProblem)
            {
                return false;
            }
        }

        return clicks.Count > 0;
    }

    private IEnumerable<(string Method, string Path, string Body)> Clicks(Instance row, string action)
    {
        var linode = $"linode/instances/{row.Id}";
        var device = cloud.Devices.FindByKey(FirewallDevice.KeyOf("linode", row.Id));
        return action switch
        {
            "delete" => [("DELETE", linode, "")],
            "shutdown" or "reboot" when row.Status == InstanceStatus.Running => [("POST", $"{linode}/{action}", "")],
            "relabel" => [("PUT", linode, $$"""{"label":"{{row.Label[..Math.Min(row.Label.Length, 56)]}}-renamed"}""")],
            "retag" when row.Tags.Count > 0 => [("PUT", linode, """{"tags":[]}""")],
            "unfirewall" when device is not null => [("DELETE", $"networking/firewalls/{device.FirewallId}/devices/{device.Id}", "")],
            "detach" => cloud.Volumes.OwnedBy(row.Id).Select(volume => ("POST", $"volumes/{volume.Id}/detach", "")),
            _ => [],
        };
    }

    private void Click(string method, string path, string text, DateTime at)
    {
        var (operation, values) = routes.Match(method, path);
        using var document = JsonDocument.Parse(text.Length > 0 ? text : "{}");
        var request = new EmulatorRequest(method, $"/v4/{path}", "", null, null, default);
        operation.Handle(new ApiCall(cloud, at, request, values, Somebody, document.RootElement.Clone(), [], faults, null));
    }
}
