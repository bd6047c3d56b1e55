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

    private static NodeDocument Told => NodeDocument.From(
        Web with { Created = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), Stage = NodeStage.ClusterStarted }, "shop") with
    {
        AgeSeconds = 99 * 3600, Price = 0.018m, PriceMonthly = 12m,
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
        Assert.Equal(
            ["2026-02-01 00:00:00Z", "4d03h", "$0.018/h", "$12.00", "clusterstarted"],
            List(OutputFormat.Table, ["created", "age", "price", "monthly", "stage"], header: false, Told).Trim().Split("  "));
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
        Assert.False(node.TryGetProperty("price", out _));
    }

    [Fact]
    public void A_node_in_json_says_its_age_and_price_where_they_are_known()
    {
        var node = JsonDocument.Parse(List(OutputFormat.Json, node: Told)).RootElement[0];

        Assert.Equal("2026-02-01T00:00:00.000Z", node.GetProperty("created").GetString());
        Assert.Equal(356_400, node.GetProperty("age_seconds").GetInt64());
        Assert.Equal(("0.018", "12.00"), (node.GetProperty("price").GetString(), node.GetProperty("price_monthly").GetString()));
        Assert.Equal("clusterstarted", node.GetProperty("stage").GetString());
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

    private static string List(OutputFormat format, IReadOnlyList<string>? columns = null, bool header = true, NodeDocument? node = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new ResultView(writer, format, columns, header).List([node ?? NodeDocument.From(Web, "shop")], NodeView.Shape);
        return writer.ToString();
    }

    private static string Empty(OutputFormat format)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new ResultView(writer, format, null, true).List<NodeDocument>([], NodeView.Shape);
        return writer.ToString();
    }
}
