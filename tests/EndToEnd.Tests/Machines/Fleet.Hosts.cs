using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <content>What one does with its hosts.</content>
public sealed partial class Fleet
{
    internal async Task<IEnumerable<JsonNode>> MachinesAsync() => (await Cloud.SendAsync("GET", "/_emulator/machines"))["machines"]!.AsArray()!;

    internal async Task<JsonNode> MachineAsync(string label) =>
        (await MachinesAsync()).Single(machine => (string)machine["label"]! == label);

    internal async Task<IReadOnlyList<string>> AddressesAsync(string label) =>
        [.. (await MachineAsync(label))["addresses"]!.AsArray().Select(address => ((string)address!).Split('/')[0])];

    /// <summary>The namespace next to a host, and an address there.</summary>
    internal async Task<(string Space, string Address)> StrangerAsync(string label)
    {
        var region = (string)(await MachineAsync(label))["region"]!;
        var strangers = (await Cloud.SendAsync("GET", "/_emulator/machines"))["strangers"]!.AsArray();
        var stranger = strangers.Single(one => (string)one!["region"]! == region)!;
        return ((string)stranger["namespace"]!, (string)stranger["addresses"]![0]!);
    }

    /// <summary>What the folders of a host's cluster are called.</summary>
    internal string ClusterOf(string label) => Path.GetRelativePath(At("secrets/clusters"), AdminKey(label)).Split('/')[0];

    internal string AdminKey(string label) => Directory.GetFiles(At("secrets/clusters"), "admin-key", SearchOption.AllDirectories)
        .Single(file => file.Contains($"/nodes/{label}/", StringComparison.Ordinal));

    internal string KnownHosts(string label) => At($"ssh/{ClusterOf(label)}/known_hosts");

    /// <summary>Runs a script on a host as root, by way of the admin account.</summary>
    internal Task<Finished> AsRootAsync(string label, string script) =>
        SshAsync(label, "lctadmin", AdminKey(label), script, "sudo", "-n", "sh", "-s");

    /// <summary>The same, and what it said, which it must have said without failing.</summary>
    internal async Task<string> AskAsync(string label, string script) => (await AsRootAsync(label, script)).Ended(0).Out.Trim();

    /// <summary>Logs in as somebody; the host key is the one the toolkit knows, and no other.</summary>
    internal async Task<Finished> SshAsync(string label, string user, string key, string input, params string[] command)
    {
        var machine = await MachineAsync(label);
        return await Program.FeedAsync(input, "ssh", [
            "-F", "/dev/null", "-i", key, "-o", $"HostKeyAlias=linode-{machine["id"]}", "-o", $"UserKnownHostsFile={KnownHosts(label)}",
            "-o", "GlobalKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes",
            "-o", "ConnectTimeout=30", "-o", "LogLevel=ERROR", $"{user}@{((string)machine["addresses"]![0]!).Split('/')[0]}", "--", .. command]);
    }

    /// <summary>Reboots a host through the API and comes back when it lets us in again.</summary>
    internal async Task RebootAsync(string label)
    {
        var boot = await AskAsync(label, "cat /proc/sys/kernel/random/boot_id; touch /run/before");
        await Cloud.SendAsync("POST", $"/v4/linode/instances/{(await MachineAsync(label))["id"]}/reboot");
        await UntilAsync(async () => await AsRootAsync(label, "[ ! -e /run/before ]") is { Code: 0 }, $"another boot of {label} than {boot}");
    }

    /// <summary>The Cloud Firewalls let everything through, or guard again.</summary>
    internal async Task SetFirewallsAsync(string status)
    {
        foreach (var firewall in await Cloud.ListAsync("networking/firewalls"))
        {
            await Cloud.SendAsync("PUT", $"/v4/networking/firewalls/{firewall["id"]}", $$"""{"status":"{{status}}"}""");
        }
    }

    /// <summary>Has a cluster's Cloud Firewall let everything through as soon as it is there, which is before any host that it is for.</summary>
    internal async Task OpenCloudFirewallAsync(string cluster, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            foreach (var firewall in (await Cloud.ListAsync("networking/firewalls"))
                .Where(one => ((string)one["label"]!).Contains(cluster, StringComparison.Ordinal) && (string)one["status"]! == "enabled"))
            {
                await Cloud.SendAsync("PUT", $"/v4/networking/firewalls/{firewall["id"]}", """{"status":"disabled"}""");
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }

    internal static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var until = DateTime.UtcNow + TimeSpan.FromMinutes(3);
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < until, $"it did not come to this: {what}");
            await Task.Delay(100);
        }
    }
}
