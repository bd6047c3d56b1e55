using System.Diagnostics;
using System.Text.Json.Nodes;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Secrets.Vault.Judges;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters.Exports;

public sealed class TerraformExportTests
{
    // HashiCorp's parser, compiled for others to use.
    private const string HasReader = "require(process.env.LINODE_JUDGES + '/node_modules/@cdktf/hcl2json')";
    private const string Reads =
        "const { parse } = " + HasReader + "; parse('imports.tf', require('fs').readFileSync(0, 'utf8')).then(x => console.log(JSON.stringify(x)))";

    [Fact]
    public async Task Every_thing_with_an_id_has_a_block_under_a_name_of_its_own()
    {
        var subject = await Exported.OfAsync(
            [Node("web", 1, label: "web.1"), Node("web", 2, label: "web-1"), Node("web", 3, label: "1web"), Node("web", 4)],
            node => node.Ordinal == 4 ? node with { State = NodeState.Gone } : node, null,
            Made(ResourceKind.Volume, "data", 7), Made(ResourceKind.Firewall, "firewall", 8), Made(ResourceKind.Balancer, "lb", 9),
            Made(ResourceKind.StackScript, "boot", 10), Made(ResourceKind.Disk, "disk", 11),
            Made(ResourceKind.Volume, "late", 0) with { CloudId = null });
        subject = subject with
        {
            Ports = new Dictionary<long, IReadOnlyList<CloudBalancerPort>>
            {
                [9] = [new(90, 80, "http", [new(900, "web.1", "192.168.130.1:80", "UP"), new(901, "web-1", "192.168.130.2:80", "UP")])],
            },
        };

        var blocks = HclLite.Read(new TerraformExport().Write(subject));

        Assert.Equal(("terraform", "linode/linode"), (blocks[0].Type, blocks[0].Attributes["source"]));
        Assert.Equal(
            [
                "linode_instance.web_1 100", "linode_instance.web_1_2 101", "linode_instance._1web 102", "linode_volume.label_of_data 7",
                "linode_nodebalancer.label_of_lb 9", "linode_nodebalancer_config.label_of_lb_80 9,90",
                "linode_nodebalancer_node.label_of_lb_80_web_1 9,90,900", "linode_nodebalancer_node.label_of_lb_80_web_1_2 9,90,901",
                "linode_firewall.label_of_firewall 8", "linode_stackscript.label_of_boot 10",
            ],
            blocks.Skip(1).Select(block => $"{block.Attributes["to"]} {block.Attributes["id"]}"));
        Assert.All(blocks.Skip(1), block => Assert.Equal("import", block.Type));
    }

    [JudgeFact("node", "-e", HasReader, "npm install --prefix DIR @cdktf/hcl2json@0.21.0 and set LINODE_JUDGES=DIR, as tests/run does")]
    public async Task The_language_s_own_reader_takes_it()
    {
        var subject = await Exported.OfAsync(
            [Node("web", 1, label: "1.web"), Node("web", 2)], null, null, Made(ResourceKind.Balancer, "lb", 9), Made(ResourceKind.Volume, "data", 7));
        var text = new TerraformExport().Write(subject with { NoPorts = "\"not\" ${asked}" });

        var start = new ProcessStartInfo("node", ["-e", Reads]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var reader = Process.Start(start)!;
        await reader.StandardInput.WriteAsync(text);
        reader.StandardInput.Close();
        var read = JsonNode.Parse(await reader.StandardOutput.ReadToEndAsync())!;

        Assert.Equal(
            ["${linode_instance._1_web} 100", "${linode_instance.web_2} 101", "${linode_volume.label_of_data} 7", "${linode_nodebalancer.label_of_lb} 9"],
            read["import"]!.AsArray().Select(block => $"{block!["to"]} {block["id"]}"));
        Assert.Equal("linode/linode", (string)read["terraform"]![0]!["required_providers"]![0]!["linode"]!["source"]!);
    }

    [Fact]
    public async Task What_the_cloud_would_not_say_is_said_in_a_comment_and_all_else_is_there()
    {
        var subject = await Exported.OfAsync([Node("web", 1)], resources: Made(ResourceKind.Balancer, "lb", 9));

        var text = new TerraformExport().Write(subject with { NoPorts = "no Linode\ntoken found" });

        Assert.Contains("# Its ports and their nodes are not here: no Linode token found\n", text, StringComparison.Ordinal);
        Assert.Equal(3, HclLite.Read(text).Count);
    }
}
