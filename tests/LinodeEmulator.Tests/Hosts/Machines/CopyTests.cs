namespace LinodeEmulator.Tests.Hosts.Machines;

/// <summary>What is copied is copied with what is on it.</summary>
public sealed class CopyTests(RealCloud cloud) : IClassFixture<RealCloud>
{
    [MachinesFact]
    public async Task A_snapshot_holds_the_disk_of_a_running_system_and_a_restore_brings_back_what_was_deleted()
    {
        var node = await cloud.CreateAsync("snap", "\"backups_enabled\":true");
        await node.SshAsync("echo precious >/root/file; echo old >/root/changed");
        var backup = await cloud.SendAsync("POST", $"linode/instances/{node.Id}/backups", """{"label":"one"}""");
        await node.SshAsync("rm /root/file; echo new >/root/changed; echo later >/root/later");

        await node.SendAsync($"backups/{backup["id"]}/restore", $$"""{"linode_id":{{node.Id}},"overwrite":true}""");
        await node.SendAsync("boot");

        Assert.Equal("precious\nold", await node.SshAsync("cat /root/file /root/changed; ls /root/later 2>/dev/null"));
        Assert.Equal("snap", await node.SshAsync("systemctl is-system-running --wait >/dev/null; hostname 2>/dev/null | grep -q . && echo snap"));
    }

    [MachinesFact]
    public async Task A_copy_of_a_volume_that_is_being_written_to_holds_what_was_on_it_and_goes_its_own_way()
    {
        var (first, second) = (await cloud.CreateAsync("original"), await cloud.CreateAsync("copier"));
        var volume = await cloud.SendAsync("POST", "volumes", $$"""{"label":"original","linode_id":{{first.Id}},"size":10}""");
        const string Path = "/dev/disk/by-id/scsi-0Linode_Volume_original";
        await first.SshAsync($"until [ -e {Path} ]; do sleep 0.1; done; mkfs.ext4 -q {Path}; mkdir /data; mount {Path} /data; echo kept >/data/file");

        var copy = await cloud.SendAsync("POST", $"volumes/{volume["id"]}/clone", """{"label":"copied"}""");
        await first.SshAsync("echo changed >/data/file");
        await cloud.SendAsync("POST", $"volumes/{copy["id"]}/attach", $$"""{"linode_id":{{second.Id}}}""");

        const string CopyPath = "/dev/disk/by-id/scsi-0Linode_Volume_copied";
        Assert.Equal(
            "kept", await second.SshAsync($"until [ -e {CopyPath} ]; do sleep 0.1; done; mkdir /data; mount {CopyPath} /data; cat /data/file"));
        await second.SshAsync("echo own >/data/file");
        Assert.Equal("changed", await first.SshAsync("cat /data/file"));
    }

    [MachinesFact]
    public async Task A_backup_brings_a_system_to_another_node()
    {
        var (source, target) = (await cloud.CreateAsync("source", "\"backups_enabled\":true"), await cloud.CreateAsync("target"));
        await source.SshAsync("echo moved >/root/file");
        await target.SshAsync("echo other >/root/file");
        var backup = await cloud.SendAsync("POST", $"linode/instances/{source.Id}/backups", """{"label":"one"}""");

        await source.SendAsync($"backups/{backup["id"]}/restore", $$"""{"linode_id":{{target.Id}},"overwrite":true}""");
        await target.SendAsync("boot");

        Assert.Equal("moved", await target.SshAsync("cat /root/file"));
        await source.SendAsync("backups/cancel");
        Assert.Equal("moved", await source.SshAsync("cat /root/file"));
    }
}
