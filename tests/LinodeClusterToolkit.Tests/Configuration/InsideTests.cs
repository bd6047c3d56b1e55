using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration;

/// <summary>What the parts tell nodes to do, as text.</summary>
public sealed class InsideTests
{
    private readonly ScriptedShell shell = new();

    [Fact]
    public async Task Accounts_with_numbers_of_their_own_are_made_before_those_without()
    {
        var node = Node("web", 1) with { Users = ["ops", "more"] };
        var inside = await Inside.OfAsync(shell, node);
        var changes = Adding(node) with
        {
            Accounts = new Dictionary<string, AccountSet>
            {
                ["ops"] = new([new("free", null), new("ops", 1500)], [new("any", null, ["ops"], false, false, []), new("deploy", 1001, ["ops", "free"], true, true, ["k1", "k2"])]),
                ["more"] = new([new("ops", 1500)], [new("it's", null, [], false, false, [])]),
            },
        };

        await Inside.RunAsync(new MakeAccounts(inside.Tools).StepsFor(changes));

        Assert.Equal(
            """
            user_group 'ops' '1500'
            user_group 'free' ''
            user 'deploy' '1001' 'ops,free' 'yes' 'yes' 'k1
            k2'
            user 'any' '' 'ops' 'no' 'no' ''
            user 'it'\''s' '' '' 'no' 'no' ''
            """,
            Calls("user_group 'ops'"));
    }

    [Fact]
    public async Task Disks_are_named_by_their_place_and_volumes_by_the_path_the_cloud_gave()
    {
        var node = Node("db", 1) with
        {
            Disks =
            [
                new("boot", 40000, "ext4", true), new("swap", 1000, "swap", false), new("scratch", 500, "ext4", false),
                new("fast", 5000, "raw", false) { MadeOnNode = "btrfs", Mount = "/srv/fast" },
            ],
            Volumes = [new("data", "db-1-data", 20, "xfs", "/mnt/data"), new("bare", "db-1-bare", 20, "raw", null)],
        };
        var inside = await Inside.OfAsync(shell, node);
        await inside.Book.SaveResourceAsync(Made(ResourceKind.Volume, "us-east/db/1/data", 7, node.Key) with { Address = "/dev/disk/by-id/scsi-0Linode_Volume_x" });

        await Inside.RunAsync(new ProvisionStorage(inside.Tools).StepsFor(Adding(node)));

        Assert.Equal(
            """
            disk '/dev/sdb' '' 'swap' ''
            disk '/dev/sdd' 'btrfs' 'fast' '/srv/fast'
            disk '/dev/disk/by-id/scsi-0Linode_Volume_x' 'xfs' 'data' '/mnt/data'
            """,
            Calls("disk '/dev/sdb'"));
    }

    [Fact]
    public async Task A_volume_that_is_not_on_record_is_said_to_be_missing()
    {
        var node = Node("db", 1) with { Volumes = [new("data", "db-1-data", 20, "xfs", "/mnt/data")] };
        var inside = await Inside.OfAsync(shell, node);

        var missing = await Assert.ThrowsAsync<RemoteException>(() => Inside.RunAsync(new ProvisionStorage(inside.Tools).StepsFor(Adding(node))));

        Assert.Equal(("LCT6250", true), (missing.Problem.Code, missing.Problem.Retryable));
    }

    [Fact]
    public void A_node_without_work_on_its_disks_has_no_such_step() =>
        Assert.Empty(new ProvisionStorage(null!).StepsFor(Adding(Node("web", 1) with { Disks = [new("boot", 40000, "ext4", true)] })));

    [Fact]
    public void Names_lead_to_the_private_network_in_the_same_region_and_to_public_addresses_elsewhere()
    {
        NodeRecord[] nodes =
        [
            Node("web", 1).Record(NodeState.Ready, 1) with { PublicIpv4 = "203.0.113.1", PrivateIpv4 = "192.168.130.1", PublicFqdn = "web-1.example.com", PrivateFqdn = "web-1.internal" },
            Node("db", 1).Record(NodeState.Created, 2) with { PublicIpv4 = "203.0.113.2", HostName = "db" },
            Node("web", 1, "eu-central", "web-eu").Record(NodeState.Ready, 3) with { PublicIpv4 = "203.0.113.3", PrivateIpv4 = "192.168.131.3", PrivateFqdn = "web-eu.internal" },
            Node("web", 2).Record(NodeState.Deleting, 4) with { PublicIpv4 = "203.0.113.4" },
            Node("web", 3).Record(NodeState.Planned),
        ];

        Assert.Equal(
            """
            203.0.113.3 web-eu
            203.0.113.2 db db-1
            203.0.113.1 web-1.example.com
            192.168.130.1 web-1.internal web-1
            """,
            NameHosts.Peers("us-east", nodes));
    }

    [Fact]
    public async Task Nodes_that_were_there_before_are_told_of_new_ones_and_of_those_that_are_gone()
    {
        var (kept, added) = (Node("web", 1), Node("web", 2));
        var inside = await Inside.OfAsync(shell, kept, added);
        var ready = kept.Record(NodeState.Ready, 100) with { Configuration = ConfigurationState.Configured };
        var plan = Plan([kept, added]);

        Assert.Equal(
            ["names web-2", "names web-1"],
            new NameHosts(inside.Tools).StepsFor(ChangePlanner.Additions(Cluster, plan, [ready], [])).Select(step => step.Name));
        Assert.Equal(
            ["names web-1"],
            new NameHosts(inside.Tools).StepsFor(ChangePlanner.Removal(Cluster, Plan([]), [added.Record(NodeState.Ready)], [ready, added.Record(NodeState.Ready)], []))
                .Select(step => step.Name));
        Assert.Empty(new NameHosts(inside.Tools).StepsFor(ChangePlanner.Additions(Cluster, Plan([kept]), [ready], [])));
    }

    private string Calls(string first)
    {
        var script = shell.Scripts.Single();
        return script[script.LastIndexOf(first, StringComparison.Ordinal)..script.LastIndexOf("\nprintf", StringComparison.Ordinal)];
    }
}
