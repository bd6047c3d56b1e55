using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Plans.Reading;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Plans;

public class SshPolicyTests
{
    [Fact]
    public void A_plan_that_says_nothing_gets_a_key_pair_for_every_node_and_root_by_key()
    {
        var ssh = PlanTexts.Resolve(PlanShapes.Nodes("type: g6-standard-1")).OrThrow().Ssh;

        Assert.Equal(("lctadmin", true, KeySharing.Node, false), (ssh.Admin, ssh.Root, ssh.Keys, ssh.PostQuantumOnly));
        Assert.Equal(["0.0.0.0/0", "::/0"], ssh.From);
    }

    [Theory]
    [InlineData("version: 1\n")]
    [InlineData("")]
    public void Either_dialect_says_who_gets_in_and_how(string version)
    {
        var ssh = PlanTexts.Resolve(version + "ssh: { from: [203.0.113.7, 2001:DB8::1/32], keys: cluster, root: no, admin: keeper, kex: pq-only }\n"
            + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1 }] }]\n").OrThrow().Ssh;

        Assert.Equal(("keeper", false, KeySharing.Cluster, true), (ssh.Admin, ssh.Root, ssh.Keys, ssh.PostQuantumOnly));
        Assert.Equal(["203.0.113.7/32", "2001:db8::/32"], ssh.From);
    }

    [Theory]
    [InlineData("admin: keeper", false)]
    [InlineData("root-password: forgotten", false)]
    [InlineData("root-password: kept", true)]
    public void A_password_of_root_is_kept_only_where_the_plan_says_so(string ssh, bool kept) => Assert.Equal(kept, Ssh(ssh).KeepsRootPassword);

    [Theory]
    [InlineData("anywhere")]
    [InlineData("[anywhere]")]
    [InlineData("[203.0.113.0/24, anywhere]")]
    public void Anywhere_is_every_network_there_is(string from) => Assert.Equal(["0.0.0.0/0", "::/0"], Ssh($"from: {from}").From);

    [Fact]
    public void A_network_said_twice_is_let_in_once() =>
        Assert.Equal(["203.0.113.0/24"], Ssh("from: [203.0.113.9/24, 203.0.113.0/24]").From);

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/0", "0.0.0.0/0")]
    [InlineData("255.255.255.255", "255.255.255.255/32")]
    [InlineData("0.0.0.1", "0.0.0.1/32")]
    [InlineData("::", "::/128")]
    [InlineData("2001:0DB8:0:0::5/64", "2001:db8::/64")]
    [InlineData("fd00::1/127", "fd00::/127")]
    [InlineData("10.1", null)]
    [InlineData("1", null)]
    [InlineData("010.0.0.1", null)]
    [InlineData("0x7f.0.0.1", null)]
    [InlineData("10.0.0.1/33", null)]
    [InlineData("10.0.0.1/08", null)]
    [InlineData("10.0.0.1/+8", null)]
    [InlineData("10.0.0.1/8/8", null)]
    [InlineData("10.0.0.1/", null)]
    [InlineData("::/129", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("[::1]", null)]
    [InlineData("::ffff:10.0.0.1", null)]
    [InlineData("example.com", null)]
    [InlineData("", null)]
    public void Networks_are_read_strictly(string text, string? network) => Assert.Equal(network, Networks.Canonical(text));

    [Fact]
    public void More_networks_than_a_firewall_rule_holds_are_refused()
    {
        var result = PlanTexts.Resolve(PlanShapes.Keys($"ssh: {{ from: [{string.Join(", ", Enumerable.Range(0, 256).Select(at => $"10.0.{at}.0/24"))}] }}"));

        Assert.Equal(new SourcePosition("plan.yaml", 2, 14), Assert.Single(result.Errors, one => one.Code == "LCT2081").Position);
    }

    [Fact]
    public void The_policy_is_part_of_the_plan_that_is_kept_and_of_its_fingerprint()
    {
        var (open, closed) = (PlanTexts.Resolve(PlanShapes.Keys("")).OrThrow(), PlanTexts.Resolve(PlanShapes.Keys("ssh: { root: no, keys: group }")).OrThrow());

        Assert.Equivalent(closed.Ssh, ResolvedPlanJson.Read(ResolvedPlanJson.Write(closed)).Ssh, strict: true);
        Assert.NotEqual(ResolvedPlanJson.Fingerprint(open), ResolvedPlanJson.Fingerprint(closed));
    }

    private static SshPolicy Ssh(string keys) => PlanTexts.Resolve(PlanShapes.Keys($"ssh: {{ {keys} }}")).OrThrow().Ssh;
}
