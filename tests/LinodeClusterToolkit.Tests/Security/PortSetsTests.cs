using System.Diagnostics;
using System.Net;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class PortSetsTests
{
    [Fact]
    public void The_whole_wanted_state_is_said_whatever_was_there_before() => Assert.Equal(
        """
        flush set inet lct in4
        flush set inet lct in6
        flush set inet lct out4
        flush set inet lct out6
        add element inet lct in4 {
          0.0.0.0/0 . tcp . 80,
          192.168.130.2 . udp . 6000-6010
        }
        add element inet lct in6 {
          ::/0 . tcp . 80
        }
        add element inet lct out6 {
          2001:db8::7 . tcp . 3306
        }

        """,
        PortSets.Render(
            [Tcp("192.168.130.2/32", 6000, 6010) with { Transport = Transport.Udp }, Tcp("::/0", 80), Tcp("0.0.0.0/0", 80)],
            [Tcp("2001:db8::7/128", 3306)]));

    [Fact]
    public void Without_anything_open_the_sets_are_empty() => Assert.Equal(
        "flush set inet lct in4\nflush set inet lct in6\nflush set inet lct out4\nflush set inet lct out6\n", PortSets.Render([], []));

    [Fact]
    public void No_element_overlaps_another_and_none_opens_more_than_was_asked_for() => Assert.Equal(
        """
         in4 {
          10.1.0.0/16 . tcp . 70-90,
          10.0.0.0/8 . tcp . 91-95,
          10.1.2.3 . tcp . 443-444
        }

        """,
        PortSets.Render(
            [Tcp("10.1.0.0/16", 70, 95), Tcp("10.1.2.3/32", 80), Tcp("10.0.0.0/8", 91, 95), Tcp("10.1.2.3/32", 443), Tcp("10.1.2.3/32", 443, 444)],
            [])
            .Split("add element inet lct")[1]);

    [NftFact]
    public void It_is_taken_by_nft_with_the_rules_and_after_them_again_and_again()
    {
        var peers = Enumerable.Range(0, 1600).SelectMany(
            at => new[] { Tcp($"203.0.{at / 256}.{at % 256}/32", 3306), Tcp($"2001:db8::{at:x}/128", 3306) });
        OpenPort[] some =
        [
            .. peers, Tcp("0.0.0.0/0", 80), Tcp("10.0.0.0/8", 80, 90), Tcp("10.1.0.0/16", 85), Tcp("::/0", 65535),
            Tcp("10.2.0.1/32", 53) with { Transport = Transport.Udp },
        ];
        var rules = Path.GetTempFileName();
        var (full, less) = (Path.GetTempFileName(), Path.GetTempFileName());
        File.WriteAllText(rules, $"define packager = 42\n{HostFirewall.Base([], [])}");
        File.WriteAllText(full, PortSets.Render(some, some));
        File.WriteAllText(less, PortSets.Render([Tcp("10.1.0.0/16", 85)], []));

        // In a network of its own: this machine keeps its rules.
        var (code, said) = Run(
            $"cat {rules} {full} | nft -f - && nft -c -f {full} && nft -f {full} && nft -f {less} "
            + "&& nft list set inet lct in4 && nft list set inet lct out4");

        Assert.Equal(0, code);
        Assert.Contains("elements = { 10.1.0.0/16 . tcp . 85 }", said, StringComparison.Ordinal);
        Assert.Equal(1, said.Split("elements").Length - 1);
    }

    private static OpenPort Tcp(string peers, ushort first, ushort? last = null) => new(IPNetwork.Parse(peers), Transport.Tcp, first, last ?? first);

    private static (int Code, string Said) Run(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("unshare", ["-n", "sh", "-c", script]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
