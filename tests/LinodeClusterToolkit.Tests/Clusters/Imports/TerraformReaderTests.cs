using System.Text.Json.Nodes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Imports;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Clusters.Imports;

public sealed class TerraformReaderTests
{
    private static readonly string[] Providers =
    [
        "provider[\"registry.terraform.io/linode/linode\"]", "provider[\"registry.opentofu.org/linode/linode\"].newark",
        "module.shop.provider[\"registry.terraform.io/linode/linode\"]", "provider.linode",
    ];

    [Theory]
    [InlineData(null, "web", null, "web", null, "linode_instance.web")]
    [InlineData(null, "web", "1", "web", 2, "linode_instance.web[1]")]
    [InlineData(null, "web", "\"blue\"", "web", null, "linode_instance.web[\"blue\"]")]
    [InlineData("module.shop", "web", "0", "shop-web", 1, "module.shop.linode_instance.web[0]")]
    [InlineData("module.shop", "this", null, "shop", null, "module.shop.linode_instance.this")]
    [InlineData("module.shop[\"eu/west\"].module.db[2]", "this", null, "shop-eu-west-db-2", null,
        "module.shop[\"eu/west\"].module.db[2].linode_instance.this")]
    [InlineData(null, "this", null, "this", null, "linode_instance.this")]
    public void Group_and_number_come_from_the_address(string? module, string name, string? key, string group, int? number, string address)
    {
        var thing = Assert.Single(Read($$"""
            { "version": 4, "lineage": "l", "resources": [ { {{(module is null ? "" : $"\"module\": {JsonValue.Create(module).ToJsonString()},")}}
              "mode": "managed", "type": "linode_instance", "name": "{{name}}", "provider": "provider.linode",
              "instances": [ { {{(key is null ? "" : $"\"index_key\": {key},")}} "attributes": { "id": "7" } } ] } ] }
            """).Things);

        Assert.Equal((group, number, address, 7L), (thing.Group, thing.Number, thing.Address, thing.Id!.Value));
    }

    [Fact]
    public void Whatever_way_a_provider_is_written_it_is_known_and_others_are_named_and_left_alone()
    {
        var made = new StateMaker();
        foreach (var (provider, at) in Providers.Select((provider, at) => (provider, at)))
        {
            made.Add("linode_instance", $"n{at}", [StateMaker.Gone(at + 1, $"n{at}")], key: false, provider: provider);
        }

        made.Add("aws_route53_record", "www", [StateMaker.Gone(9, "x")], provider: "provider[\"registry.terraform.io/hashicorp/aws\"]")
            .Add("linode_instance", "fork", [StateMaker.Gone(10, "x")], key: false, provider: "provider[\"registry.example.com/acme/linode\"]")
            .Add("linode_domain", "zone", [StateMaker.Gone(11, "x")], "module.dns", key: false)
            .Add("linode_instance_disk", "boot", [StateMaker.Gone(12, "x")], key: false)
            .Add("linode_stackscript", "boot", [StateMaker.Gone(13, "x")], key: false)
            .Add("linode_instance", "old", [StateMaker.Gone(14, "x")], key: false, deposed: "abcd1234")
            .Add("linode_instance", "half", [new() { ["label"] = "half" }], key: false)
            .Add("linode_instance", "looked_up", [StateMaker.Gone(15, "x")], mode: "data");

        var state = Read(made.Text());

        Assert.Equal([1, 2, 3, 4], state.Things.Select(thing => thing.Id));
        Assert.Equal(
            [
                "aws_route53_record.www[0]: of the provider hashicorp/aws", "linode_instance.fork: of the provider acme/linode",
                "module.dns.linode_domain.zone: of Linode, and not a thing that a cluster has here",
                "linode_instance_disk.boot: part of a node, which is taken up as a whole",
                "linode_stackscript.boot: StackScripts have no tags, and may serve others",
                "linode_instance.old: Terraform is about to delete it", "linode_instance.half: it has no id yet",
            ],
            state.Bystanders.Select(one => $"{one.Address}: {one.Why}"));
    }

    [Fact]
    public void Ids_are_read_as_text_or_number_and_what_the_state_calls_sensitive_is_not_read_at_all()
    {
        var state = Read("""
            { "version": 4, "resources": [ { "type": "linode_instance", "name": "a", "instances": [ {
              "attributes": { "id": 5, "label": "hidden-label", "root_pass": "pw-1", "type": "g6-nanode-1", "tags": ["t"],
                "disk": [ { "root_pass": "pw-2" } ] },
              "sensitive_attributes": [ [ { "type": "get_attr", "value": "label" } ],
                [ { "type": "get_attr", "value": "tags" }, { "type": "index", "value": 0 } ] ]
            } ] } ] }
            """);

        var thing = Assert.Single(state.Things);
        Assert.Equal(["id 5", "type g6-nanode-1"], thing.Facts.Select(fact => $"{fact.Key} {fact.Value}").Order(StringComparer.Ordinal));
        Assert.Empty(thing.Lists);
    }

    [Theory]
    [InlineData("no json: S3cret", "LCT7181", "line 1")]
    [InlineData("{ \"version\": 4,\n \"resources\": [ S3cret", "LCT7181", "line 2")]
    [InlineData("[ 4 ]", "LCT7181", "which version")]
    [InlineData("{ \"format_version\": \"1.0\", \"values\": {} }", "LCT7181", "terraform show")]
    [InlineData("{ \"encrypted_data\": \"x\", \"meta\": {} }", "LCT7181", "encrypted")]
    [InlineData("{ \"version\": 3, \"modules\": [] }", "LCT7182", "version 3")]
    [InlineData("{ \"version\": \"S3cret\" }", "LCT7182", "no number")]
    public void What_is_no_state_is_refused_without_a_word_of_what_is_in_it(string text, string code, string said)
    {
        var problem = Assert.Throws<LinodeToolkitException>(() => Read(text)).Problem;

        Assert.Equal(code, problem.Code);
        Assert.Contains(said, $"{problem.What} {problem.Why}", StringComparison.Ordinal);
        Assert.DoesNotContain("S3cret", $"{problem} {problem.Why} {string.Join(' ', problem.Fixes)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_shapes_are_no_failure()
    {
        var state = Read("""
            { "version": 4, "lineage": 7, "resources": [ 3, { "type": 5 }, { "type": "linode_volume", "name": "v", "instances": { } },
              { "type": "linode_volume", "name": "w", "instances": [ null, { "attributes": [ ] }, { "attributes": { "id": "many" } } ] } ] }
            """);

        Assert.Empty(state.Things);
        Assert.Equal(["it has no id yet"], state.Bystanders.Select(one => one.Why).Distinct());
    }

    [Fact]
    public void A_source_does_not_show_its_text() =>
        Assert.Equal("state.json", new TerraformSource("state.json", StateMaker.Secret).ToString());

    private static TerraformState Read(string text) => TerraformReader.From(new("state.json", text));
}
