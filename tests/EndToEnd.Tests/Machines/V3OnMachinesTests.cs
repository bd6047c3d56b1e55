namespace EndToEnd.Tests.Machines;

/// <summary>Real hosts through version 3 of the API: no user data, no Cloud Firewall, and closed from the first boot on all the same.</summary>
[Collection("lives of machines")]
public sealed class V3OnMachinesTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        api: v3
        network: { private: ip }
        defaults: { type: g6-nanode-1, image: debian 12, users: [ops], nodenames: '{group}-{counter}' }
        users: { ops: { users: [{ name: deploy, login: yes, sudo: yes, keys: [key.pub] }] } }
        storage:
          db:
          - { label: boot, size: 80%, fs: ext4, boot: yes }
          - { label: swap, size: 20%, fs: swap }
          - { label: data, size: 10GB, type: blockstore, fs: xfs, mount: /mnt/data }
        services: { sql: { ports: [3306/tcp], from: [web] } }
        regionplans:
        - name: one
          nodebalancers: [{ name: front, tag: web, port: 80, protocol: http }]
          nodes:
          - name: web
            count: 2
            uses: [sql]
            init:
              firstboot: [{ name: 'stackscript:stack.sh', with: { word: hello } }, { name: 'shell:act.sh', user: deploy }]
              clusterstarted: [{ name: 'ansible:book.yaml' }]
          - { name: db, storage: db, provides: [sql] }
        regions: [{ region: us-east, regionplan: one }]
        """;

    private Desk desk = null!;

    public async Task InitializeAsync() => desk = (await Hosts.SitDownAsync(Hosts.Packages))!;

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact("ansible-playbook")]
    public async Task Hosts_are_closed_and_configured_as_through_version_4()
    {
        desk.Environment["LINODETOOL_API_KEY"] = desk.Token;
        desk.Write("plan.yaml", Plan);
        (await desk.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C '' -f ~/key")).Ended(0);
        desk.Write("stack.sh", "#!/bin/bash\n# <UDF name=\"word\" label=\"A word\" />\necho \"$WORD\" >/srv/stack\n");
        desk.Write("act.sh", "#!/bin/sh\nid -un | sudo tee /srv/act\n");
        desk.Write("book.yaml", "- hosts: all\n  tasks: [{ copy: { content: booked, dest: /srv/book } }]\n");

        (await desk.RunAsync("cluster", "create", "shop", "plan.yaml", "--yes")).Ended(0);

        Assert.Equal("hello\ndeploy\nbooked", await desk.AskAsync("web-1", "cat /srv/stack /srv/act /srv/book"));
        Assert.Contains("policy drop", await desk.AskAsync("web-2", "nft list chain inet lct input"));
        Assert.Equal(["0.0.0.0:22", "[::]:22"], (await desk.AskAsync("web-2", "ss -Htln | awk '$4 !~ /127.0.0.1|::1/ { print $4 }' | sort")).Split('\n'));
        Assert.Equal("passwordauthentication no", await desk.AskAsync("web-2", "sshd -T | grep ^passwordauthentication"));
        Assert.Equal("xfs", await desk.AskAsync("db-1", "findmnt -no FSTYPE /mnt/data"));
        (await desk.RunAsync("cluster", "diff", "shop", "--live", "--exit-code")).Ended(0);

        (await desk.RunAsync("cluster", "stop", "shop", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "start", "shop", "--yes")).Ended(0);
        Assert.Equal("xfs", await desk.AskAsync("db-1", "findmnt -no FSTYPE /mnt/data"));
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.Equal("0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
    }
}
