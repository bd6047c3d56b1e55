using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

/// <summary>Plans of plans: what they say, and what is wrong with them.</summary>
public sealed class PlanSetTests : IDisposable
{
    private readonly TempFolder folder = new();

    public PlanSetTests()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            folder.File($"plans/{name}.yaml", "version: 1\n");
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_cluster_stands_behind_those_it_starts_after_and_else_where_it_was_written()
    {
        var set = Read("""
            version: 1
            name: streams
            clusters:
            - { name: c, plan: plans/c.yaml, after: [a, b] }
            - { name: b, plan: plans/b.yaml }
            - { name: a, plan: plans/a.yaml, after: [b] }
            """)!.OrThrow();

        Assert.Equal("streams", set.Name);
        Assert.Equal(["b after ", "a after b", "c after a,b"], set.Members.Select(member => $"{member.Name} after {string.Join(',', member.After)}"));
        Assert.Equal(("plans/b.yaml", "version: 1\n"), (set.Members[0].Plan.Name, set.Members[0].Plan.Text));
        Assert.Equal("live-b", PlanSet.ClusterOf("live", set.Members[0].Name));
    }

    [Theory]
    [InlineData("- { name: a, plan: plans/a.yaml, after: [z] }", "3:42", "z")]
    [InlineData("- { name: a, plan: plans/no.yaml }", "3:20", "no.yaml")]
    [InlineData("- { name: a, plan: ../a.yaml }", "3:20", "../a.yaml")]
    [InlineData("- { name: a, plan: plans/a.yaml, before: [b] }", "3:34", "before")]
    [InlineData("- { name: a }", "3:3", "plan")]
    [InlineData("- { name: a, plan: plans/a.yaml }\n- { name: a, plan: plans/b.yaml }", "4:11", "a")]
    [InlineData("- { name: a, plan: plans/a.yaml, after: [b] }\n- { name: b, plan: plans/b.yaml, after: [a] }", "3:42", "clusters that wait for each other")]
    [InlineData("- { name: a, plan: plans/a.yaml, after: [a] }", "3:42", "clusters that wait for each other")]
    public void A_mistake_is_named_with_its_place(string clusters, string place, string word)
    {
        var result = Read($"version: 1\nclusters:\n{clusters}\n")!;

        var error = Assert.Single(result.Errors);
        Assert.Null(result.Value);
        Assert.Equal(place, $"{error.Position!.Value.Line}:{error.Position.Value.Column}");
        Assert.Contains(word, error.What, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_comes_out_at_once()
    {
        var result = Read("version: 2\nclusters:\n- { name: a, plan: plans/no.yaml }\n- { name: b, plan: plans/b.yaml, after: [z] }\n")!;

        Assert.Equal([1, 3, 4], result.Errors.Select(error => error.Position!.Value.Line).Order());
    }

    [Theory]
    [InlineData("version: 1\nregions: []\n")]
    [InlineData("version: 1\nclusters: []\nregions: []\n")]
    [InlineData("- a list\n")]
    [InlineData("")]
    [InlineData("a: [b\n")]
    public void What_names_no_clusters_is_no_set(string text) => Assert.Null(Read(text));

    [Fact]
    public void The_set_that_ships_is_one_and_so_are_its_plans()
    {
        var source = PlanFile.Open(Support.Repository.Path("plans/streaming.yaml")).OrThrow();

        var set = PlanSet.Read(source)!.OrThrow();

        Assert.Equal(["zookeeper", "storm"], set.Members.Select(member => member.Name));
        Assert.All(set.Members, member => Assert.Empty(PlanResolver.Resolve(
            member.Plan, new ResolveRequest(PlanSet.ClusterOf("streaming", member.Name), LinodeCatalog.BuiltIn)).Problems));
    }

    private PlanResult<PlanSet>? Read(string text) => PlanSet.Read(new PlanSource("set.yaml", folder.Path, text));
}
