using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The verbs that work inside nodes, on systems that boot.</summary>
public sealed class NodeVerbsOnMachinesTests
{
    private const string One = "nodes-us-east-1";
    private const string Two = "nodes-us-east-2";

    [BootingFact]
    public async Task Commands_sessions_and_copies_reach_real_nodes_and_a_node_that_does_not_answer_is_named()
    {
        await using var seat = new Seat();
        (await seat.RunAsync("--emulator", "node", "create", "newark", "1gb", "debian 12", "--count", "2")).Ended(0);

        await CommandsAsync(seat);
        await SessionsAsync(seat);
        await CopiesAsync(seat);
        await HostKeysAsync(seat);
        await FailuresAsync(seat);
    }

    private static async Task CommandsAsync(Seat seat)
    {
        var both = (await seat.RunAsync("--emulator", "cluster", "exec", "nodes", "--as-root", "--", "hostname; id -un; echo note >&2")).Ended(0);
        var one = (await seat.RunAsync("--emulator", "node", "exec", One, "--", "printf 'a\\033[1m'; exit 3")).Ended(3);
        var json = (await seat.RunAsync("--emulator", "cluster", "exec", "nodes", "-o", "json", "--", $"test $(hostname) = {One}")).Ended(7);
        var late = (await seat.RunAsync("--emulator", "node", "exec", One, Two, "--timeout", "1s", "--", "sleep", "30")).Ended(7);

        Assert.Equal([$"{One}: {One}", $"{One}: root", $"{Two}: {Two}", $"{Two}: root"], both.Lines.Order(StringComparer.Ordinal));
        Assert.Contains($"{Two}: note\n", both.Error);
        Assert.Equal("a\u001b[1m", one.Out);
        Assert.Equal([0, 1], json.Json.AsArray().Select(row => (int)row!["exit_code"]!));
        Assert.Equal("LCT6511", (string)JsonNode.Parse(json.Error.Split('\n').Single(line => line.StartsWith('{')))!["error"]!["code"]!);
        Assert.Contains("'sleep 30' on 2 nodes took longer than 1 s", late.Error);
    }

    private static async Task SessionsAsync(Seat seat)
    {
        var piped = (await seat.RunAsync("--emulator", "node", "ssh", One, "--", "tty; printf 'a\\nb'; exit 7")).Ended(7);
        var seen = await seat.RunAtTerminalAsync($"--emulator cluster ssh nodes {One} -- \"tty; exit 5\"");
        var stopped = seat.Start("--emulator", "node", "ssh", Two, "--", "echo begun >&2; sleep 60");
        await stopped.SaidAsync("begun");
        await stopped.SignalAsync("TERM");

        Assert.Equal("not a tty\na\nb", piped.Out);
        Assert.Equal(5, seen.Code);
        Assert.Contains("/dev/pts/", seen.Out);
        Assert.Equal(143, (await stopped.EndAsync()).Code);
        stopped.Dispose();
    }

    private static async Task CopiesAsync(Seat seat)
    {
        File.WriteAllText(Path.Combine(seat.Home, "notes.txt"), "it's here\n");

        (await seat.RunAsync("--emulator", "cluster", "cp", "nodes", "notes.txt", "*:/tmp/")).Ended(0);
        (await seat.RunAsync("--emulator", "cluster", "cp", "nodes", $"{Two}:/tmp/notes.txt", "back.txt")).Ended(0);
        var refused = (await seat.RunAsync("--emulator", "cluster", "cp", "nodes", "notes.txt", "nodes:/etc/")).Ended(7);

        Assert.Equal("it's here\n", File.ReadAllText(Path.Combine(seat.Home, "back.txt")));
        Assert.Contains("notes.txt could not be copied to 2 nodes:/etc/", refused.Error);
        Assert.Contains("Permission denied", refused.Error);
    }

    private static async Task HostKeysAsync(Seat seat)
    {
        // Read over the connection that is still trusted: a test has no console at hand.
        const string Renew = "rm /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; " +
            "cat /etc/ssh/ssh_host_ed25519_key.pub; systemctl restart ssh";
        var key = (await seat.RunAsync("--emulator", "node", "exec", One, "--as-root", "--", Renew)).Ended(0).Out.Trim();

        var refused = (await seat.RunAsync("--emulator", "node", "exec", One, "--", "hostname")).Ended(7);
        var trusted = (await seat.RunAsync("--emulator", "node", "trust", One, key, "--yes", "-o", "json")).Ended(0).Json;
        var again = (await seat.RunAsync("--emulator", "node", "exec", One, "--", "hostname")).Ended(0);

        Assert.Contains($"error LCT6212: {One} shows another host key", refused.Error);
        Assert.Contains("linodetool node trust NODE", refused.Error);
        Assert.Contains($"known is {trusted["before"]![0]}, shown is {trusted["now"]}", refused.Error);
        Assert.Equal($"{One}\n", again.Out);
    }

    private static async Task FailuresAsync(Seat seat)
    {
        (await seat.RunAsync("--emulator", "node", "exec", Two, "--as-root", "--", "systemctl", "stop", "ssh.socket", "ssh.service")).Ended(0);

        var run = (await seat.RunAsync("--emulator", "cluster", "exec", "nodes", "--", "hostname")).Ended(7);
        var why = (await seat.RunAsync("--emulator", "node", "why", Two)).Ended(0);

        Assert.Equal($"{One}: {One}\n", run.Out);
        Assert.Contains($"error LCT6211: no SSH on {Two} after 30 s: connection refused", run.Error);
        Assert.Contains("the command failed on 1 of 2 nodes", run.Error);
        Assert.Contains("next  what was tried on it last failed: its log says why", why.Out);
    }
}
