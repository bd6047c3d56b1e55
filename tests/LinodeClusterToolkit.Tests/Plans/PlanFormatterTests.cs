using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Tests.Plans;

public class PlanFormatterTests
{
    public static TheoryData<string> Samples => new(
        PlanTexts.Data("ha-wordpress-2017.yaml"),
        PlanTexts.Data("iot-2017.yaml"),
        PlanTexts.Data("testplan1.yaml"),
        PlanTexts.Data("testplan1.json"),
        PlanTexts.Shipped("ha-wordpress.yaml"),
        PlanTexts.Shipped("iot.yaml"),
        PlanTexts.Shipped("reference.yaml"),
        "a: |\n    first\n      second # no comment\n    \n    third\nb: >-\n  folded\n  text\nc: \"tab\\t \\u00e9\"\nd: 'it''s # no comment'\n"
            + "e: |+\n  keep\n\nf: \"a\n  b\"\n",
        "a: &x { b: [1, 2], c: 'q' }\nd: *x\ne: &y plain, text\nf: [*y, *x]\n",
        "# head\na:   # behind the key\n\n\n   # before the item\n   -   x   # behind the item\n   # between\n   -\n     - y\n     -   z: 1\n"
            + "         w: 2\n# tail\n",
        "a: [ # inside\n  1, # one\n  2 ]\nb: {}\nc: []\nd:\ne: ~\n",
        "'odd key': 1\n\"with: colon\": 2\n3: x\n");

    [Theory]
    [MemberData(nameof(Samples))]
    public void Formatting_keeps_every_value_and_every_comment(string text)
    {
        var formatted = Format(text);

        Assert.Equal(Tree(text), Tree(formatted));
        Assert.Equal(Comments(text), Comments(formatted));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Formatting_twice_changes_nothing_more(string text)
    {
        var formatted = Format(text);

        Assert.Equal(formatted, Format(formatted));
    }

    [Fact]
    public void Lists_stand_below_their_key_and_comments_where_they_were()
    {
        const string Text = "# A plan\nversion: 1\nname:   'x'   # its name\n\n\nregions:\n# the first\n- region: us-east\n  nodes:\n"
            + "      - {type: g6-standard-1,count: 2}   # two\n";

        Assert.Equal(
            "# A plan\nversion: 1\nname: 'x' # its name\n\nregions:\n  # the first\n  - region: us-east\n    nodes:\n"
                + "      - { type: g6-standard-1, count: 2 } # two\n",
            Format(Text));
    }

    [Theory]
    [InlineData("ha-wordpress-2017.yaml")]
    [InlineData("iot-2017.yaml")]
    [InlineData("testplan1.yaml")]
    public void An_upgraded_plan_of_2017_makes_the_same_nodes(string file)
    {
        using var folder = new TempFolder();
        foreach (var playbook in new[] { "ansible/memcached.yaml", "mysql/ndb.yaml", "mysql/ndbmgmt.yaml" })
        {
            folder.File(playbook);
        }

        var text = PlanTexts.Data(file).Replace("/mnt/deploymentscripts", folder.Path, StringComparison.Ordinal);
        var result = PlanFormatter.Format(PlanTexts.Source(text), upgrade: true);
        var upgraded = result.OrThrow().Text;
        var problems = new ProblemList();
        var plan = PlanReader.ReadAll(PlanTexts.Source(upgraded), new Dictionary<string, string>(), problems)!;

        Assert.Equal(1, plan.Version);
        Assert.All(problems.InOrder(), problem => Assert.Equal("LCT2090", problem.Code));
        Assert.Equal(result.Problems.Select(problem => problem.What), problems.InOrder().Select(problem => problem.What));
        Assert.Equal(
            ResolvedPlanJson.Fingerprint(PlanTexts.Resolve(text).OrThrow()),
            ResolvedPlanJson.Fingerprint(PlanResolver.Resolve(plan, PlanTexts.Request()).OrThrow()));
    }

    [Fact]
    public void An_upgrade_writes_what_slips_meant()
    {
        const string Text = "regionplan:\n  name: one\n  nodse:\n  - type: g6-standard-1\n    count: '2'\n    nodenames: 'n-{conter}'\nregions:\n"
            + "- region: us-east\n  regionplan: onne\n";

        Assert.Equal(
            "version: 1\nregionplans:\n  - name: one\n    nodes:\n      - type: g6-standard-1\n        count: 2\n"
                + "        nodenames: 'n-{counter}'\nregions:\n  - region: us-east\n    regionplan: one\n",
            PlanFormatter.Format(PlanTexts.Source(Text), upgrade: true).OrThrow().Text);
    }

    [Fact]
    public void What_is_no_yaml_is_not_formatted()
    {
        var result = PlanFormatter.Format(PlanTexts.Source("a: [1\nb: 2"), upgrade: false);

        Assert.Null(result.Value);
        Assert.Equal("LCT2001", Assert.Single(result.Errors).Code);
    }

    private static string Format(string text) => PlanFormatter.Format(PlanTexts.Source(text), upgrade: false).OrThrow().Text;

    private static IEnumerable<string> Comments(string text)
    {
        var source = new PlanText(PlanTexts.Source(text));
        var root = YamlTreeReader.Read(source, new ProblemList())!;
        return new LinodeClusterToolkit.Plans.Formatting.PlanComments(source, root).Before(int.MaxValue).Select(comment => comment.Text).ToArray();
    }

    private static string Tree(string text)
    {
        var problems = new ProblemList();
        var root = YamlTreeReader.Read(new PlanText(PlanTexts.Source(text)), problems);
        Assert.Empty(problems.InOrder());
        return Shape(root!);
    }

    private static string Shape(PlanNode node) => node switch
    {
        PlanMap map => $"{{{string.Join("; ", map.Entries.Select(entry => $"{entry.Key.Value}={Shape(entry.Value)}"))}}}",
        PlanList list => $"[{string.Join("; ", list.Items.Select(Shape))}]",
        _ => $"<{(((PlanScalar)node).IsNull ? "null" : ((PlanScalar)node).Value)}>",
    };
}
