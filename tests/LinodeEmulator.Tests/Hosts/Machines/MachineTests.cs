using System.Text;

namespace LinodeEmulator.Tests.Hosts.Machines;

public sealed class MachineTests(RealCloud cloud) : IClassFixture<RealCloud>
{
    [MachinesFact]
    public async Task Boots_a_system_that_its_key_opens_and_user_data_has_set_up()
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes("""
            #cloud-config
            bootcmd: ["echo early >> /root/order"]
            write_files: [{path: /root/written, content: "by user data"}]
            runcmd: ["echo late >> /root/order"]
            users: [{name: bob}]
            hostname: web-1.example
            """));
        var node = await cloud.CreateAsync("user-data", $$"""
            "metadata":{"user_data":"{{data}}"}
            """);
        await node.SshAsync("cloud-init status --wait");
        Assert.Equal(
            "early late by user data bob /home/bob",
            await node.SshAsync("echo $(cat /root/order /root/written) $(getent passwd bob | cut -d: -f1,6 | tr : ' ')"));
        Assert.Equal("running", await node.SshAsync("systemctl is-system-running --wait"));
        Assert.StartsWith("$6$", await node.SshAsync("getent shadow root | cut -d: -f2"), StringComparison.Ordinal);
    }

    [MachinesFact]
    public async Task Boots_what_the_older_face_has_put_together_and_keeps_it_through_a_reboot()
    {
        var id = (long)(await cloud.OldAsync("linode.create", "DatacenterID=6&PlanID=1"))["LinodeID"]!;
        await cloud.OldAsync("linode.update", $"LinodeID={id}&Label=old-1");
        var inside = (string)(await cloud.OldAsync("linode.ip.addprivate", $"LinodeID={id}"))["IPADDRESS"]!;
        var system = $"DistributionID=146&Label=root&Size=9000&rootPass=abc123&rootSSHKey={Uri.EscapeDataString(await cloud.PublicKeyAsync())}";
        var root = (await cloud.OldAsync("linode.disk.createfromdistribution", $"LinodeID={id}&{system}"))["DiskID"];
        var data = (await cloud.OldAsync("linode.disk.create", $"LinodeID={id}&Label=data&Type=ext4&Size=500"))["DiskID"];
        await cloud.OldAsync("linode.config.create", $"LinodeID={id}&KernelID=138&Label=main&DiskList={root},{data}");
        await cloud.OldAsync("linode.boot", $"LinodeID={id}");
        var outside = (string)(await cloud.OldAsync("linode.ip.list", $"LinodeID={id}"))[0]!["IPADDRESS"]!;
        var node = new Node(cloud, id, outside, inside);
        await node.SshAsync("touch /root/kept");
        Assert.Equal("9", await node.SshAsync("df -BG --output=size / | tail -1 | tr -dc '0-9'"));
        Assert.Equal($"{500 << 20}", await node.SshAsync("blockdev --getsize64 /dev/sdb"));
        Assert.Contains(inside, await node.SshAsync("ip -o addr"), StringComparison.Ordinal);
        await cloud.OldAsync("linode.reboot", $"LinodeID={id}");
        await RealCloud.UntilAsync(async () => await node.BootsAsync() == 2 && await node.PhaseAsync() == "running", "a second boot");
        Assert.Equal("/root/kept", await node.SshAsync("ls /root/kept"));
    }

    [MachinesFact]
    public async Task Has_the_disk_of_its_plan_and_no_way_to_the_internet()
    {
        var node = await cloud.CreateAsync("disk");
        Assert.Equal("25", await node.SshAsync("df -BG --output=size / | tail -1 | tr -dc '0-9'"));
        Assert.Contains("Unreachable", await node.SshAsync("ping -c 1 -W 2 1.1.1.1; true"), StringComparison.Ordinal);
        var refused = await node.SshAsync("SECONDS=0; getent hosts nothing.example; echo $SECONDS");
        Assert.True(int.Parse(refused, System.Globalization.CultureInfo.InvariantCulture) <= 3, "a look-up of a name waited for an answer");
    }

    [MachinesFact]
    public async Task Runs_its_StackScript_once_as_root_with_its_fields()
    {
        var script = await cloud.SendAsync("POST", "linode/stackscripts", """
            {"label":"greet","images":["any/all"],
             "script":"#!/bin/bash\n# <UDF name='whom' label='' /> <UDF name='how' label='' default='loudly' />\necho $(id -un) to \"$WHOM\" $how"}
            """);
        var node = await cloud.CreateAsync("script", $$$"""
            "stackscript_id":{{{script["id"]}}},"stackscript_data":{"whom":"a \"$b\" \\c"}
            """);
        await node.SshAsync("systemctl is-system-running --wait");
        await node.SendAsync("reboot");
        await RealCloud.UntilAsync(async () => await node.BootsAsync() == 2 && await node.PhaseAsync() == "running", "a second boot");
        await node.SshAsync("systemctl is-system-running --wait");
        Assert.Equal("root to a \"$b\" \\c loudly", await node.SshAsync("cat /var/log/stackscript.log"));
    }

    [MachinesFact]
    public async Task Keeps_strangers_out_by_the_Cloud_Firewall_and_lets_replies_in()
    {
        var firewall = await cloud.SendAsync("POST", "networking/firewalls", """
            {"label":"ssh-only","rules":{"inbound_policy":"DROP","outbound_policy":"ACCEPT",
             "inbound":[{"action":"ACCEPT","protocol":"TCP","ports":"22","addresses":{"ipv4":["203.0.113.0/24"]}}],"outbound":[]}}
            """);
        var shut = await cloud.CreateAsync("shut", $"\"firewall_id\":{firewall["id"]}");
        var open = await cloud.CreateAsync("open");
        await shut.SshAsync("true");
        await open.SshAsync("true");
        var stranger = await cloud.StrangerAsync();
        Assert.True(await RealCloud.CanReachAsync(stranger, open.Private), "what has no firewall is open to its neighbours");
        Assert.False(await RealCloud.CanReachAsync(stranger, shut.Private), "a firewall keeps neighbours out");
        Assert.False(await RealCloud.CanReachAsync(stranger, shut.Public), "at its public address too");
        Assert.Equal("in", await shut.SshAsync($"timeout 3 bash -c 'exec 3<>/dev/tcp/{open.Private}/22' && echo in"));

        await cloud.SendAsync("PUT", $"networking/firewalls/{firewall["id"]}", """{"status":"disabled"}""");
        await RealCloud.UntilAsync(() => RealCloud.CanReachAsync(stranger, shut.Private), "a firewall that is disabled lets through");
    }

    [MachinesFact]
    public async Task Lets_no_node_speak_for_another()
    {
        var (liar, other) = (await cloud.CreateAsync("liar"), await cloud.CreateAsync("other"));
        await other.SshAsync("true");
        var forged = other.Public[..other.Public.LastIndexOf('.')] + ".250";
        Assert.Equal("0", await liar.SshAsync(
            $"ip addr add {forged}/24 dev eth0; ping -c 1 -W 1 -I {forged} {other.Public} | grep -c '1 received'; true"));
    }

    [MachinesFact]
    public async Task Attaches_grows_and_detaches_a_volume_while_it_runs_and_mounts_it_again_after_a_reboot()
    {
        var node = await cloud.CreateAsync("volumes");
        var volume = await cloud.SendAsync("POST", "volumes", """{"label":"data","region":"us-east","size":10}""");
        await node.SshAsync("true");
        await cloud.SendAsync("POST", $"volumes/{volume["id"]}/attach", $$"""{"linode_id":{{node.Id}}}""");
        const string Path = "/dev/disk/by-id/scsi-0Linode_Volume_data";
        await node.SshAsync($"until [ -e {Path} ]; do sleep 0.1; done; mkfs.xfs -q {Path}; mkdir /data");
        await node.SshAsync($"u=$(blkid -s UUID -o value {Path}); until [ -e /dev/disk/by-uuid/$u ]; do sleep 0.1; done; "
            + "echo UUID=$u /data xfs defaults 0 2 >>/etc/fstab; echo /dev/sdb none swap sw 0 0 >>/etc/fstab; mount /data; echo kept >/data/file");
        await cloud.SendAsync("POST", $"volumes/{volume["id"]}/resize", """{"size":14}""");
        await RealCloud.UntilAsync(
            async () => await node.SshAsync("xfs_growfs /data >/dev/null; df -BG --output=size /data | tail -1 | tr -dc 0-9") == "14",
            "a grown volume");

        await node.SshAsync("touch /run/first-boot");
        await node.SendAsync("reboot");
        await RealCloud.UntilAsync(async () => await node.SshAsync("ls /run/first-boot 2>/dev/null; true") == "", "another boot");
        Assert.Equal("kept", await node.SshAsync("cat /data/file"));

        await cloud.SendAsync("POST", $"volumes/{volume["id"]}/detach");
        await RealCloud.UntilAsync(async () => await node.SshAsync($"ls {Path} /data 2>/dev/null") == "/data:", "the volume is gone");
    }

    [MachinesFact]
    public async Task Comes_back_by_Lassie_and_stays_off_after_a_shutdown_by_the_API()
    {
        var node = await cloud.CreateAsync("lassie");
        await node.SshAsync("nohup sh -c 'sleep 0.5; systemctl poweroff' >/dev/null 2>&1 &");
        await RealCloud.UntilAsync(async () => await node.BootsAsync() == 2, "a boot by the watchdog");
        await node.SshAsync("true");
        await cloud.SendAsync("POST", $"/_emulator/machines/{node.Id}/cut");
        await RealCloud.UntilAsync(async () => await node.BootsAsync() == 3, "another after its power was cut");
        await node.SshAsync("true");
        await node.SendAsync("shutdown");
        await RealCloud.UntilAsync(async () => await node.PhaseAsync() == "off", "it is off");
        await Task.Delay(1000);
        Assert.Equal(("offline", "off"), (await node.StatusAsync(), await node.PhaseAsync()));
    }

    [MachinesFact]
    public async Task An_impostor_in_its_place_has_other_host_keys_and_the_node_itself_comes_back_with_its_own()
    {
        var node = await cloud.CreateAsync("impostor");
        await node.SshAsync("true");
        var own = await HostKeyAsync(node);
        await cloud.SendAsync("POST", $"/_emulator/machines/{node.Id}/impostor");
        await RealCloud.UntilAsync(async () => await HostKeyAsync(node) is { Length: > 0 } key && key != own, "another key");
        await cloud.SendAsync("POST", $"/_emulator/machines/{node.Id}/impostor", """{"end":true}""");
        await RealCloud.UntilAsync(async () => await HostKeyAsync(node) == own, "its own key again");
    }

    [MachinesFact]
    public async Task Joins_the_nodes_of_a_VLAN_past_every_firewall()
    {
        static string Cards(int number) => $$"""
            "interfaces":[{"purpose":"public"},{"purpose":"vlan","label":"back","ipam_address":"10.0.0.{{number}}/24"}]
            """;
        var (one, two) = (await cloud.CreateAsync("vlan-1", Cards(1)), await cloud.CreateAsync("vlan-2", Cards(2)));
        await two.SshAsync("true");
        Assert.Equal("1", await one.SshAsync("ping -c 1 -W 5 -I eth1 10.0.0.2 | grep -c '1 received'"));
    }

    [MachinesFact]
    public async Task Tells_a_node_of_itself_at_the_metadata_address()
    {
        var node = await cloud.CreateAsync("metadata");
        var told = await node.SshAsync(
            "t=$(curl -s -X PUT -H 'Metadata-Token-Expiry-Seconds: 60' http://169.254.169.254/v1/token); "
            + "curl -s -H \"Metadata-Token: $t\" http://169.254.169.254/v1/instance | head -2; "
            + "curl -s -o /dev/null -w '%{http_code}' http://[fd00:a9fe:a9fe::1]/v1/instance");
        Assert.Equal($"id: {node.Id}\nlabel: metadata\n401", told);
    }

    private static async Task<string> HostKeyAsync(Node node) =>
        (await RealCloud.TryAsync("ssh-keyscan", "-T", "2", "-t", "ed25519", node.Public)).Output.Trim();
}
