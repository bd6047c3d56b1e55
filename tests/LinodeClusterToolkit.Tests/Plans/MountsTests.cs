using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class MountsTests
{
    [Fact]
    public void What_the_api_cannot_make_is_left_raw_for_the_node_to_make()
    {
        var node = PlanTexts.Resolve("""
            version: 1
            storage:
              all:
              - { label: root, size: 20GB, boot: yes }
              - { label: fast, size: 10GB, fs: xfs, mount: /srv/fast }
              - { label: snap, size: 10GB, fs: btrfs }
              - { label: plain, size: 5GB, mount: /srv/plain }
              - { label: old, size: 5GB, fs: ext3, mount: /srv/old }
              - { label: bare, size: 5GB, fs: raw }
              - { label: swap, size: 1GB, fs: swap }
            regions: [{ region: us-east, nodes: [{ name: db, type: g6-standard-2, storage: all }] }]
            """).OrThrow().Nodes.Single();

        Assert.Equal(
            ["root ext4  ", "fast raw xfs /srv/fast", "snap raw btrfs ", "plain ext4  /srv/plain", "old ext3  /srv/old", "bare raw  ", "swap swap  "],
            node.Disks.Select(disk => $"{disk.Label} {disk.Filesystem} {disk.MadeOnNode} {disk.Mount}"));
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("mount: /mnt/data", "ext4", "/mnt/data")]
    [InlineData("fs: ext4", "ext4", null)]
    [InlineData("fs: ext3, mount: /mnt/data", "ext3", "/mnt/data")]
    [InlineData("fs: xfs, mount: /mnt/data", "xfs", "/mnt/data")]
    [InlineData("fs: btrfs", "btrfs", null)]
    [InlineData("fs: swap", "swap", null)]
    [InlineData("fs: raw", "raw", null)]
    public void A_volume_gets_the_filesystem_it_says_and_ext4_where_it_is_only_mounted(string keys, string? filesystem, string? mount)
    {
        var result = PlanTexts.Resolve(Volume(keys));

        Assert.Empty(result.Problems);
        var volume = result.Value!.Nodes.Single().Volumes.Single();
        Assert.Equal((filesystem, mount), (volume.Filesystem, volume.Mount));
    }

    [Theory]
    [InlineData("/mnt")]
    [InlineData("/mnt/data")]
    [InlineData("/srv/www.example.com/a_b-c@1")]
    [InlineData("/opt")]
    [InlineData("/data")]
    [InlineData("/var/lib/mysql")]
    [InlineData("/var/log")]
    [InlineData("/bootstrap")]
    [InlineData("/etcetera")]
    public void Places_of_their_own_are_open(string path) => Assert.Empty(PlanTexts.Resolve(Volume($"mount: {path}")).Problems);

    [Theory]
    [InlineData("/", "the boot disk is there")]
    [InlineData("/boot/efi", "the kernel is there")]
    [InlineData("/etc", "the settings of the system are there")]
    [InlineData("/etc/ssh", "the settings of the system are there")]
    [InlineData("/proc", "the running system has its own things there")]
    [InlineData("/sys/fs", "the running system has its own things there")]
    [InlineData("/dev/shm", "the running system has its own things there")]
    [InlineData("/run/lock", "the running system has its own things there")]
    [InlineData("/var/run", "the running system has its own things there")]
    [InlineData("/usr/local", "programs of the system are there")]
    [InlineData("/lib64", "programs of the system are there")]
    [InlineData("/home", "the homes of accounts are there, and with them the keys that let people in")]
    [InlineData("/root/.ssh", "the homes of accounts are there, and with them the keys that let people in")]
    [InlineData("/tmp", "everybody writes there, which the root of a new filesystem does not allow")]
    [InlineData("/var", "the system keeps its state there")]
    [InlineData("/var/lib/dpkg/info", "the system keeps its state there")]
    [InlineData("/mnt/../etc", "it goes back on its way with ..")]
    [InlineData("/./etc", "the settings of the system are there")]
    [InlineData("//", "the boot disk is there")]
    public void What_a_running_system_needs_is_not_hidden_and_the_reason_said(string path, string why)
    {
        var problem = Assert.Single(PlanTexts.Resolve(Volume($"mount: {path}")).Errors);

        Assert.Equal(("LCT2045", why, new SourcePosition("plan.yaml", 3, 61)), (problem.Code, problem.Why, problem.Position!.Value));
    }

    [Theory]
    [InlineData("/mnt/data/", "write /mnt/data")]
    [InlineData("/mnt//data", "write /mnt/data")]
    [InlineData("/mnt/./data", "write /mnt/data")]
    public void A_roundabout_path_is_told_its_shortest_form(string path, string fix) =>
        Assert.Equal(fix, Assert.Single(Assert.Single(PlanTexts.Resolve(Volume($"mount: {path}")).Errors).Fixes));

    [Fact]
    public void A_place_below_another_is_open_where_the_outer_one_comes_first()
    {
        const string Plan = "version: 1\nregions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: [ITEMS] }] }]\n";
        var outer = "{ label: out, size: 20GB, type: blockstore, mount: /mnt }";
        var inner = "{ label: in, size: 20GB, type: blockstore, mount: /mnt/a }";

        Assert.Empty(PlanTexts.Resolve(Plan.Replace("ITEMS", $"{outer}, {inner}", StringComparison.Ordinal)).Problems);
        Assert.Equal("LCT2046", Assert.Single(PlanTexts.Resolve(Plan.Replace("ITEMS", $"{inner}, {outer}", StringComparison.Ordinal)).Errors).Code);
    }

    private static string Volume(string keys) => "version: 1\nstorage:\n"
        + $"  one: [{{ label: data, size: 20GB, type: blockstore{(keys.Length > 0 ? ", " : "")}{keys} }}]\n"
        + "regions: [{ region: us-east, nodes: [{ type: g6-standard-1, storage: one }] }]\n";
}
