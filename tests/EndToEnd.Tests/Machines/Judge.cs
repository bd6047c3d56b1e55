using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Machines;

/// <summary>Programs of others that say what a host is worth.</summary>
internal static partial class Judge
{
    /// <summary>Takes Lynis to a host, has it look, and gives its report.</summary>
    public static async Task<string> LynisAsync(Fleet fleet, string label)
    {
        var pack = (await Program.RunAsync("sh", "-c", "tar -C / -czf - usr/share/lynis usr/sbin/lynis etc/lynis | base64 -w 0")).Ended(0).Out;
        await fleet.AskAsync(label, $"base64 -d <<'END' | tar -C / -xzf -\n{pack}\nEND\n");
        return await fleet.AskAsync(
            label, "lynis audit system --quick --no-colors --quiet >/dev/null 2>&1 </dev/null || :; cat /var/log/lynis-report.dat");
    }

    /// <summary>Ports of a host by state, as seen from a namespace: <c>open</c> and how many are <c>filtered</c>.</summary>
    public static async Task<(string Open, int Filtered)> NmapAsync(string space, string address)
    {
        string[] family = address.Contains(':') ? ["-6"] : [];
        string[] scan = ["nmap", .. family, "-n", "-Pn", "-p-", "-T5", "--max-retries", "1", "--min-rate", "6000", "-oX", "-", address];
        var report = (await Program.RunAsync("ip", ["netns", "exec", space, .. scan])).Ended(0).Out;
        var open = Port().Matches(report).Where(port => port.Groups[2].Value == "open").Select(port => port.Groups[1].Value);
        var others = Others().Matches(report).Select(all => (State: all.Groups[1].Value, Count: int.Parse(all.Groups[2].Value, null)));
        var single = Port().Matches(report).Count(port => port.Groups[2].Value == "filtered");
        return (string.Join(' ', open), others.Where(all => all.State == "filtered").Sum(all => all.Count) + single);
    }

    [GeneratedRegex("""<port protocol="tcp" portid="([0-9]+)"><state state="([a-z|]+)" """)]
    private static partial Regex Port();

    [GeneratedRegex("""<extraports state="([a-z|]+)" count="([0-9]+)">""")]
    private static partial Regex Others();
}
