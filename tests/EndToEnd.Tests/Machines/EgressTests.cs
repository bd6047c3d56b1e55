using System.Globalization;

namespace EndToEnd.Tests.Machines;

/// <summary>What a host may call.</summary>
[Collection("machines")]
public sealed class EgressTests(Fleet fleet)
{
    private const string Metadata4 = "169.254.169.254", Metadata6 = "fd00:a9fe:a9fe::1";

    // Tries one call and prints how it ended. A packet that the host's own firewall refuses is an error at once, without waiting for anybody.
    private const string Probe = """
        import errno, os, socket, sys, time
        def call(kind, address, port):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            with socket.socket(family, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM) as s:
                s.settimeout(5)
                try:
                    s.connect((address, port))
                    if kind == "udp":
                        s.send(b"x")
                    return "out"
                except socket.timeout:
                    return "silence"
                except OSError as e:
                    return errno.errorcode[e.errno]
        os.setuid(int(sys.argv[1]))
        for kind, address, port in (word.split(",") for word in sys.argv[2:]):
            begin = time.monotonic()
            end = call(kind, address, int(port))
            print(kind, address, port, end, "at once" if time.monotonic() - begin < 1 else "late")
        """;

    [MachinesFact]
    public async Task By_default_neither_root_nor_a_user_gets_out_and_is_told_so_at_once()
    {
        var (space, stranger) = await fleet.StrangerAsync(Fleet.Web);
        using var listener = Space.Listen(space, stranger, 4711);
        var resolver = await ResolverAsync(Fleet.Web);
        foreach (var user in new[] { 0, 1501 })
        {
            Assert.Equal(
                $"""
                tcp {stranger} 4711 ECONNREFUSED at once
                udp {stranger} 53 EPERM at once
                udp {resolver} 53 EPERM at once
                udp {stranger} 123 EPERM at once
                tcp {stranger} 443 ECONNREFUSED at once
                tcp {Metadata4} 80 ECONNREFUSED at once
                tcp {Metadata6} 80 ECONNREFUSED at once
                """,
                await TryAsync(
                    Fleet.Web, user, $"tcp,{stranger},4711", $"udp,{stranger},53", $"udp,{resolver},53", $"udp,{stranger},123", $"tcp,{stranger},443",
                    $"tcp,{Metadata4},80", $"tcp,{Metadata6},80"));
        }

        var ping = await fleet.AskAsync(
            Fleet.Web, $"begin=$(date +%s%N); ping -c 1 -W 5 {stranger} >/dev/null 2>&1 && echo out; echo $((($(date +%s%N) - begin) / 1000000))");
        Assert.True(int.Parse(ping, CultureInfo.InvariantCulture) < 1000, $"ping: {ping}");
        Assert.False(listener.WasCalled());
    }

    [MachinesFact]
    public async Task With_dns_metadata_and_ping_a_host_gets_out_for_these_and_nothing_else()
    {
        var (space, stranger) = await fleet.StrangerAsync(Fleet.Talker);
        var resolver = await ResolverAsync(Fleet.Talker);
        using var listener = Space.Listen(space, stranger, 53);
        using var names = Space.Listen(space[..space.IndexOf('-', StringComparison.Ordinal)], resolver, 53);
        string[] calls =
        [
            $"udp,{resolver},53", $"tcp,{resolver},53", $"tcp,{Metadata4},80", $"tcp,{Metadata6},80",
            $"udp,{stranger},53", $"tcp,{stranger},53", $"udp,{stranger},123", $"tcp,{stranger},443",
        ];
        string Expected(string metadata) =>
            $"""
            udp {resolver} 53 out at once
            tcp {resolver} 53 out at once
            tcp {Metadata4} 80 {metadata} at once
            tcp {Metadata6} 80 {metadata} at once
            udp {stranger} 53 EPERM at once
            tcp {stranger} 53 ECONNREFUSED at once
            udp {stranger} 123 EPERM at once
            tcp {stranger} 443 ECONNREFUSED at once
            """;
        Assert.Equal(Expected("out"), await TryAsync(Fleet.Talker, 0, calls));
        Assert.Equal(Expected("ECONNREFUSED"), await TryAsync(Fleet.Talker, 1501, calls));
        Assert.Equal("out", await fleet.AskAsync(Fleet.Talker, $"ping -c 1 -W 5 {stranger} >/dev/null && echo out"));
        Assert.False(listener.WasCalled());
    }

    private async Task<string> ResolverAsync(string label) =>
        (await fleet.AskAsync(label, "awk '$1 == \"nameserver\" { print $2; exit }' /etc/resolv.conf"));

    private Task<string> TryAsync(string label, int user, params string[] calls) =>
        fleet.AskAsync(label, $"python3 - {user.ToString(CultureInfo.InvariantCulture)} {string.Join(' ', calls)} <<'END'\n{Probe}\nEND\n");
}
