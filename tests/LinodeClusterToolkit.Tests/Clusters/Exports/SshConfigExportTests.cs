using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote.OpenSsh;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters.Exports;

public sealed class SshConfigExportTests
{
    [Fact]
    public async Task Each_node_is_a_host_under_its_label_and_what_makes_it_safe_holds_for_all()
    {
        var subject = await Exported.OfAsync([Node("db", 1), Node("web", 1), Node("web", 2)],
            node => node.Label == "web-1" ? node with { State = NodeState.Gone } : node);

        Assert.Equal(
            """
            # Nodes of shop for OpenSSH: ssh -F FILE LABEL
            # left out: web-1 (gone)

            Host db-1
              HostName 203.0.113.1
              User lctadmin
              Port 22
              HostKeyAlias linode-100
              IdentityFile "/keys/db-1.key"

            Host web-2
              HostName 203.0.113.3
              User lctadmin
              Port 22
              HostKeyAlias linode-102
              IdentityFile "/keys/web-2.key"

            Host db-1 web-2
              UserKnownHostsFile "/keys/known_hosts"
              GlobalKnownHostsFile /dev/null
              StrictHostKeyChecking yes
              IdentitiesOnly yes
              IdentityAgent none
              PreferredAuthentications publickey
              PasswordAuthentication no
              CheckHostIP no
              VerifyHostKeyDNS no
              UpdateHostKeys no
              ForwardAgent no
              ForwardX11 no
              ConnectTimeout 30
              ServerAliveInterval 5
              ServerAliveCountMax 3

            """, new SshConfigExport().Write(subject));
    }

    [Fact]
    public async Task A_cluster_without_nodes_that_can_be_reached_is_a_comment()
    {
        var subject = await Exported.OfAsync([Node("web", 1)], node => node with { State = NodeState.Deleting });

        Assert.Equal("# Nodes of shop for OpenSSH: ssh -F FILE LABEL\n# left out: web-1 (being deleted)\n", new SshConfigExport().Write(subject));
    }

    [Theory]
    [InlineData("gate", null, "ssh -F none -W '[%h]:%p' -- ssh://gate")]
    [InlineData("me@gate:2222", "/home/me/.ssh/config", "ssh -F /home/me/.ssh/config -W '[%h]:%p' -- ssh://me@gate:2222")]
    [InlineData("one,me@two", "/h/my 50% config", "ssh -F '/h/my 50%% config' -J one -W '[%h]:%p' -- ssh://me@two")]
    [InlineData("[2001:db8::1]:22", null, "ssh -F none -W '[%h]:%p' -- 'ssh://[2001:db8::1]:22'")]
    public async Task Through_a_jump_host_it_goes_by_the_users_own_configuration(string jump, string? config, string expected)
    {
        var route = await new LastingWay(new SshSettings { Jump = jump, UserConfig = config })
            .RouteAsync(new("web-1", "203.0.113.1", "lctadmin") { Alias = "linode-1", KnownHosts = "/k" }, default);

        Assert.Equal([("ProxyCommand", expected)], route);
    }

    [Theory]
    [InlineData("hostname 203.0.113.1\nproxyjump none\nport 22\n", "")]
    [InlineData("proxyjump me@gate\nproxyusefdpass no\n", "ssh -F /c -W '[%h]:%p' -- ssh://me@gate")]
    [InlineData("proxycommand nc -X 5 %h %p\n", "nc -X 5 %h %p")]
    public void What_the_users_configuration_says_of_an_address_is_taken_over(string said, string expected) => Assert.Equal(
        expected, string.Join('\n', new LastingWay(new SshSettings { UserConfig = "/c" }).Route(said).Select(setting => setting.Value)));
}
