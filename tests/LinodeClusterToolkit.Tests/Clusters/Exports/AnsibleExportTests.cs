using System.Text.Json.Nodes;
using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote.OpenSsh;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters.Exports;

public sealed class AnsibleExportTests
{
    private const string Strict =
        "-o 'GlobalKnownHostsFile=/dev/null' -o 'StrictHostKeyChecking=yes' -o 'IdentitiesOnly=yes' -o 'IdentityAgent=none'";

    [Fact]
    public async Task A_node_is_a_host_with_address_account_key_file_known_hosts_and_facts()
    {
        var web = Node("web", 1) with { Tags = ["front end"], PublicFqdn = "web-1.example.com" };
        var subject = await Exported.OfAsync([web, Node("db", 1)]);

        var text = new AnsibleExport().Write(subject);

        Assert.Contains(
            "\"web-1\": {ansible_connection: ssh, ansible_host: !unsafe \"203.0.113.1\", ansible_port: 22, ansible_user: !unsafe \"lctadmin\"", text,
            StringComparison.Ordinal);
        Assert.Contains("-o 'HostKeyAlias=linode-100' -o 'IdentityFile=\\\"/keys/web-1.key\\\"' -o 'UserKnownHostsFile=\\\"/keys/known_hosts\\\"'", text,
            StringComparison.Ordinal);
        Assert.Contains(Strict, text, StringComparison.Ordinal);
        foreach (var fact in new[]
        {
            "ansible_ssh_private_key_file: !unsafe \"/keys/web-1.key\"", "lct_tags: [!unsafe \"front end\"]", "lct_cluster: !unsafe \"shop\"",
            "lct_region: !unsafe \"us-east\"", "lct_group: !unsafe \"web\"", "lct_ordinal: !unsafe \"1\"", "lct_type: !unsafe \"g6-standard-1\"",
            "lct_image: !unsafe \"linode/debian12\"", "lct_private_ipv4: !unsafe \"192.168.130.1\"", "lct_id: !unsafe \"100\"",
            "lct_public_fqdn: !unsafe \"web-1.example.com\"", "lct_nodes_db: !unsafe \"db-1\"", "\"front_end\": {hosts: {\"web-1\": {}}}",
        })
        {
            Assert.Contains(fact, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("lct_transition", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ansible_ssh_executable", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_named_and_no_host()
    {
        var subject = await Exported.OfAsync([Node("web", 1), Node("web", 2), Node("web", 3)], node => node.Ordinal switch
        {
            1 => node with { State = NodeState.Gone },
            2 => node with { PublicIpv4 = null },
            _ => node with { HostKeys = [] },
        });

        var text = new AnsibleExport().Write(subject);

        Assert.Equal(
            """
            # Nodes of shop for Ansible: ansible -i FILE all -m ping
            # left out: web-1 (gone)
            # left out: web-2 (no address yet)
            # left out: web-3 (no known host key yet)
            all:
              hosts:
              children:

            """, text);
    }

    [Fact]
    public async Task The_way_that_the_tool_is_told_is_that_of_Ansible_too()
    {
        var subject = await Exported.OfAsync([Node("web", 1)], ssh: new SshSettings
        {
            Jump = "me@gate:2222", UserConfig = "/home/me/my config", Program = "/opt/ssh",
        });

        var text = new AnsibleExport().Write(subject);

        Assert.Contains("!unsafe \"-F '/home/me/my config' ", text, StringComparison.Ordinal);
        Assert.Contains("-o 'ProxyJump=me@gate:2222' -C", text, StringComparison.Ordinal);
        Assert.Contains("ansible_ssh_executable: !unsafe \"/opt/ssh\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_JSON_it_is_what_a_script_is_to_print_and_nothing_in_it_is_run()
    {
        var subject = await Exported.OfAsync([Node("web", 1) with { Tags = ["{{ now() }}"] }, Node("db", 1)]);

        var said = JsonNode.Parse(new AnsibleScriptExport().Write(subject))!;

        var web = said["_meta"]!["hostvars"]!["web-1"]!;
        Assert.Equal(("203.0.113.1", 22, true, "ssh"), ((string)web["ansible_host"]!, (int)web["ansible_port"]!, (bool)web["ansible_become"]!,
            (string)web["ansible_connection"]!));
        Assert.Equal("""[{"__ansible_unsafe":"{{ now() }}"}]""", web["lct_tags"]!.ToJsonString());
        Assert.Equal("""["db-1","web-1"]""", said["shop"]!["hosts"]!.ToJsonString());
        Assert.Equal("""["___now_____","db","shop","us_east","web"]""", said["all"]!["children"]!.ToJsonString());
    }
}
