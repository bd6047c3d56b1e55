using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LinodeEmulator.Tests.Hosts.Machines;

/// <summary>Whatever stands behind the nodes, the API says the same.</summary>
public sealed class SameTraceTests
{
    [MachinesFact]
    public async Task Records_and_machines_answer_alike()
    {
        var records = await TraceAsync("records");
        var machines = await TraceAsync("machines");
        Assert.Equal(records, machines);
    }

    private static async Task<string> TraceAsync(string hosts)
    {
        await using var emulator = await Emulator.StartAsync(new EmulatorOptions
        {
            Hosts = hosts, Latency = LatencyProfile.None, Limits = LinodeEmulator.Limits.RateLimits.None,
        });
        using var client = new HttpClient { BaseAddress = emulator.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token");
        var said = new List<string>();
        var id = (long)(await SayAsync("POST", "linode/instances", TestCloud.Node("web-1", "\"private_ip\":true")))["id"]!;
        var volume = (long)(await SayAsync("POST", "volumes", $$"""{"label":"data","linode_id":{{id}},"size":10}"""))["id"]!;
        await SayAsync("POST", "networking/firewalls", $$$"""
            {"label":"shut","rules":{"inbound_policy":"DROP","outbound_policy":"ACCEPT"},"devices":{"linodes":[{{{id}}}]}}
            """);
        await SayAsync("POST", $"linode/instances/{id}/reboot");
        await SayAsync("GET", $"linode/instances/{id}");
        await SayAsync("POST", $"volumes/{volume}/detach");
        await SayAsync("POST", $"volumes/{volume}/clone", """{"label":"copy"}""");
        await SayAsync("POST", $"linode/instances/{id}/backups/enable");
        var backup = (long)(await SayAsync("POST", $"linode/instances/{id}/backups", """{"label":"one"}"""))["id"]!;
        await SayAsync("GET", $"linode/instances/{id}/backups");
        await SayAsync("POST", $"linode/instances/{id}/backups/{backup}/restore", $$"""{"linode_id":{{id}},"overwrite":true}""");
        await SayAsync("GET", $"linode/instances/{id}/disks");
        await SayAsync("POST", $"linode/instances/{id}/shutdown");
        var disk = (long)(await SayAsync("GET", $"linode/instances/{id}/disks"))["data"]![0]!["id"]!;
        var image = Uri.EscapeDataString((string)(await SayAsync("POST", "images", $$"""{"disk_id":{{disk}},"label":"golden"}"""))["id"]!);
        await SayAsync("POST", $"images/{image}/regions", """{"regions":["us-east","us-ord"]}""");
        await SayAsync("GET", $"images/{image}");
        await SayAsync("POST", $"linode/instances/{id}/rebuild", """{"image":"linode/debian12","root_pass":"correct-Horse-7-battery"}""");
        await SayAsync("GET", $"linode/instances/{id}/disks");
        await SayAsync("GET", "networking/ips");
        await SayAsync("DELETE", $"linode/instances/{id}");
        await SayAsync("GET", "linode/instances");
        await SayAsync("GET", "account/events");
        return string.Join('\n', said);

        async Task<JsonNode> SayAsync(string method, string path, string body = "{}")
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/v4/" + path);
            request.Content = method is "GET" ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();

            // Times are those of the run; the second byte pair of a public address tells which emulator of this machine it is.
            said.Add($"{method} {path} {(int)answer.StatusCode} " + Normal(text));
            return JsonNode.Parse(text)!;
        }
    }

    private static string Normal(string text) =>
        Regex.Replace(Regex.Replace(text, @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "TIME"), @"198([.-])18([.-])\d+([.-])", "198$1.18$2.N$3");
}
