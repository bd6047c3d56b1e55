using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Tests.Output;

public sealed class ResultViewTests
{
    private static readonly NodeRecord Web = new(
        Guid.Empty, "us-east/web/1", "web-us-east-01", "us-east", "web", 1, "g6-standard-1", "linode/debian12", "web-01", ["webserver", "yes"],
            NodeState.Ready)
    {
        LinodeId = 70001234, PublicIpv4 = "192.0.2.7", PrivateIpv4 = "192.168.133.7", Power = "running",
        Updated = new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1)),
    };

    [Fact]
    public void A_table_is_aligned_text_with_a_header()
    {
        Assert.Equal(
            """
            LABEL                 ID  CLUSTER  REGION   GROUP  TYPE           PUBLIC_IPV4  PRIVATE_IPV4   POWER    STATE
            web-us-east-01  70001234  shop     us-east  web    g6-standard-1  192.0.2.7    192.168.133.7  running  ready

            """, List(OutputFormat.Table));
    }

    [Fact]
    public void Wide_adds_columns_and_names_choose_them()
    {
        Assert.Contains("IMAGE", List(OutputFormat.Wide));
        Assert.Equal("web-us-east-01  -\n", List(OutputFormat.Table, ["label", "ipv6"], header: false));
        Assert.Equal("web-us-east-01\n", List(OutputFormat.Name));
    }

    [Fact]
    public void An_unknown_column_is_a_usage_error_with_a_hint()
    {
        var failure = Assert.Throws<LinodeToolkitException>(() => List(OutputFormat.Table, ["lable"]));

        Assert.Equal(["did you mean label?"], failure.Problem.Fixes);
    }

    [Fact]
    public void A_node_in_json_has_the_members_promised()
    {
        var node = JsonDocument.Parse(List(OutputFormat.Json)).RootElement[0];

        Assert.Equal(
            ["id", "label", "cluster", "region", "group", "ordinal", "tags", "type", "image", "hostname", "public_ipv4", "private_ipv4", "ipv6",
                "power", "state"],
            node.EnumerateObject().Select(member => member.Name).Take(15));
        Assert.Equal(70001234, node.GetProperty("id").GetInt64());
        Assert.Equal("ready", node.GetProperty("state").GetString());
        Assert.Equal("2026-03-01T12:00:00.000Z", node.GetProperty("updated").GetString());
        Assert.Equal(JsonValueKind.Null, node.GetProperty("ipv6").ValueKind);
    }

    [Fact]
    public void Yaml_says_the_same_and_quotes_what_could_be_read_otherwise()
    {
        var yaml = List(OutputFormat.Yaml);

        Assert.StartsWith("- id: 70001234\n  label: web-us-east-01\n  cluster: shop\n", yaml);
        Assert.Contains("  tags:\n  - webserver\n  - \"yes\"\n", yaml);
        Assert.Contains("  public_ipv4: \"192.0.2.7\"\n", yaml);
        Assert.Contains("  ipv6: null\n", yaml);
    }

    [Fact]
    public void No_rows_are_an_empty_list_in_every_form()
    {
        Assert.Equal("[]\n", Empty(OutputFormat.Json));
        Assert.Equal("[]\n", Empty(OutputFormat.Yaml));
        Assert.Equal("", Empty(OutputFormat.Name));
    }

    [Fact]
    public void Money_is_a_decimal_string()
    {
        var type = new TypeDocument("g6-nanode-1", "Nanode 1GB", "nanode", 1024, 25600, 1, 0, 1000, 0.0075m, 5m, null);

        var json = JsonSerializer.Serialize(type, ToolJson.Default.TypeDocument);

        Assert.Contains("\"hourly\":\"0.0075\",\"monthly\":\"5.00\"", json);
    }

    private static string List(OutputFormat format, IReadOnlyList<string>? columns = null, bool header = true)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new ResultView(writer, format, columns, header).List([NodeDocument.From(Web, "shop")], NodeView.Shape);
        return writer.ToString();
    }

    private static string Empty(OutputFormat format)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new ResultView(writer, format, null, true).List<NodeDocument>([], NodeView.Shape);
        return writer.ToString();
    }
}
