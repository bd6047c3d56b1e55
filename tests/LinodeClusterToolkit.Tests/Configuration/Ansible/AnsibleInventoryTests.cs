using LinodeClusterToolkit.Configuration.Ansible;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Tests.Changes;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration.Ansible;

public sealed class AnsibleInventoryTests
{
    [Fact]
    public void A_node_is_a_host_in_the_groups_of_its_cluster_region_group_and_tags()
    {
        AnsibleHost[] hosts =
        [
            new("web-1", ["shop", "us-east", "web", "front end"], new Dictionary<string, string> { ["lct_region"] = "us-east" })
            {
                Tags = ["front end"],
                Remote = new("web-1", "203.0.113.1", "lctadmin") { Alias = "linode-1", KnownHosts = "/k" },
                Way = new("/usr/bin/ssh", ["-F", "/run/config", "-o", "ControlPath=\"/run/n 1\""]),
            },
            new("db-1", ["shop", "us-east", "db"], new Dictionary<string, string>())
            {
                Remote = new("db-1", "203.0.113.2", "root") { Alias = "linode-2", KnownHosts = "/k" },
            },
        ];

        Assert.Equal(
            """
            all:
              hosts:
                "web-1": {ansible_connection: ssh, ansible_host: !unsafe "203.0.113.1", ansible_port: 22, ansible_user: !unsafe "lctadmin", ansible_become: true, ansible_become_method: sudo, ansible_python_interpreter: auto_silent, ansible_ssh_args: !unsafe "-F /run/config -o 'ControlPath=\"/run/n 1\"'", ansible_ssh_executable: !unsafe "/usr/bin/ssh", ansible_ssh_transfer_method: piped, lct_tags: [!unsafe "front end"], lct_region: !unsafe "us-east"}
                "db-1": {ansible_connection: ssh, ansible_host: !unsafe "203.0.113.2", ansible_port: 22, ansible_user: !unsafe "root", ansible_become: true, ansible_become_method: sudo, ansible_python_interpreter: auto_silent, ansible_ssh_args: !unsafe "-F none -o ProxyCommand=false", lct_tags: []}
              children:
                "db": {hosts: {"db-1": {}}}
                "front_end": {hosts: {"web-1": {}}}
                "shop": {hosts: {"web-1": {}, "db-1": {}}}
                "us_east": {hosts: {"web-1": {}, "db-1": {}}}
                "web": {hosts: {"web-1": {}}}

            """,
            AnsibleInventory.Of(hosts));
    }

    [Theory]
    [InlineData("us-east", "us_east")]
    [InlineData("10g", "_10g")]
    [InlineData("all", "all_group")]
    [InlineData("web", "web_group")]
    [InlineData("b\u00e4r", "b_r")]
    public void A_group_gets_a_name_that_is_neither_a_host_nor_refused(string name, string group) =>
        Assert.Equal(group, AnsibleVariables.GroupName(name, new HashSet<string> { "web" }));

    [Fact]
    public void What_many_nodes_share_is_written_once()
    {
        var long1 = string.Join(' ', Enumerable.Range(1, 40).Select(at => $"web-{at}"));
        var hosts = Enumerable.Range(1, 40).Select(at => new AnsibleHost($"web-{at}", [], new Dictionary<string, string> { ["lct_members"] = long1 }));

        var text = AnsibleInventory.Of([.. hosts]);

        Assert.Equal(2, text.Split("web-39 web-40").Length);
        Assert.Contains("lct_members: &t1 !unsafe \"web-1 ", text, StringComparison.Ordinal);
        Assert.Equal(40, text.Split("lct_members: *t1").Length);
    }

    [Fact]
    public async Task Playbooks_know_of_a_node_what_scripts_know_of_it()
    {
        var inside = await Inside.OfAsync(new ScriptedShell(), Node("web", 1) with { Tags = ["front"] }, Node("db", 1));

        var host = AnsibleHost.Of(inside.Book, inside.Book.Node("us-east/web/1"), Transition.ClusterStarting);

        Assert.Equal(["shop", "us-east", "web", "front"], host.Groups);
        Assert.Equal(("db-1", "web-1", "clusterstarting"), (host.Facts["lct_nodes_db"], host.Facts["lct_node"], host.Facts["lct_transition"]));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c\n\u0007", "\"a\\\"b\\\\c\\U0000000a\\U00000007\"")]
    [InlineData("\u00fc \ud83d\ude00", "\"\\U000000fc \\U0001f600\"")]
    public void Text_of_any_kind_is_text(string text, string yaml) => Assert.Equal(yaml, YamlText.Quote(text));
}
