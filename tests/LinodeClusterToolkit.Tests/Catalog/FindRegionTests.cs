using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Catalog.Matching;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Catalog;

public class FindRegionTests
{
    private static readonly LinodeCatalog Today = LinodeCatalog.BuiltIn;
    private static readonly LinodeCatalog In2017 = new(Offers.Of2017);

    [Theory]
    [InlineData("us-east", "us-east", MatchKind.Id)]
    [InlineData("US-East", "us-east", MatchKind.Id)]
    [InlineData(" us-east ", "us-east", MatchKind.Id)]
    [InlineData("us-east-1a", "us-east", MatchKind.Legacy)]
    [InlineData("eu-central-1a", "eu-central", MatchKind.Legacy)]
    [InlineData("ap-south-1a", "ap-south", MatchKind.Legacy)]
    [InlineData("ap-northeast-1b", "ap-northeast", MatchKind.Legacy)]
    [InlineData("us-south-1a", "us-central", MatchKind.Legacy)]
    [InlineData("us-south", "us-central", MatchKind.Legacy)]
    [InlineData("9", "ap-south", MatchKind.Legacy)]
    [InlineData("newark", "us-east", MatchKind.Legacy)]
    [InlineData("Dallas", "us-central", MatchKind.Legacy)]
    [InlineData("shinagawa1", "ap-northeast", MatchKind.Legacy)]
    [InlineData("Newark, NJ, USA", "us-east", MatchKind.Legacy)]
    [InlineData("newark nj", "us-east", MatchKind.Name)]
    [InlineData("Washington, DC", "us-iad", MatchKind.Name)]
    [InlineData("washington 2", "us-iad-2", MatchKind.Name)]
    [InlineData("bogota", "co-bog-1", MatchKind.Name)]
    [InlineData("quere\u0301taro", "mx-qro-1", MatchKind.Name)]
    [InlineData("querétaro", "mx-qro-1", MatchKind.Name)]
    [InlineData("us east", "us-east", MatchKind.Name)]
    [InlineData("madrid", "es-mad", MatchKind.Name)]
    [InlineData("GA", "us-southeast", MatchKind.Words)]
    [InlineData("fremo", "us-west", MatchKind.Prefix)]
    [InlineData("us-o", "us-ord", MatchKind.Prefix)]
    public void Finds_today_s_region(string asked, string id, MatchKind how)
    {
        var found = Assert.IsType<Match<Region>.Found>(Today.FindRegion(asked));

        Assert.Equal((id, how), (found.Item.Id, found.How));
        Assert.Null(found.Problem);
    }

    [Theory]
    [InlineData("newark", "us-east-1a")]
    [InlineData("us-east", "us-east-1a")]
    [InlineData("us-east-1a", "us-east-1a")]
    [InlineData("us-central", "us-south-1a")]
    [InlineData("us-south", "us-south-1a")]
    [InlineData("6", "us-east-1a")]
    [InlineData("8", "ap-northeast-1a")]
    [InlineData("tokyo", "ap-northeast-1a")]
    [InlineData("ap-northeast", "ap-northeast-1b")]
    public void Finds_the_same_place_in_the_offer_of_2017(string asked, string id) => Assert.Equal(id, In2017.FindRegion(asked).OrThrow().Id);

    [Theory]
    [InlineData("us-east", null)]
    [InlineData("newark", "newark → us-east")]
    public void Says_what_a_liberal_name_was_taken_for(string asked, string? note) =>
        Assert.Equal(note, ((Match<Region>.Found)Today.FindRegion(asked)).Note);

    [Fact]
    public void Says_that_a_region_has_an_outage()
    {
        var offer = Offers.Of2017 with { Regions = [Offers.Place("us-east", "Newark, NJ") with { Status = "outage" }] };

        Assert.Equal("us-east reports: outage", ((Match<Region>.Found)new LinodeCatalog(offer).FindRegion("us-east")).Note);
    }

    [Fact]
    public void Lists_the_regions_a_name_fits()
    {
        var problem = Today.FindRegion("tokyo").Problem!;

        Assert.Equal("LCT4003", problem.Code);
        Assert.Equal("region \"tokyo\" fits 2 regions", problem.What);
        Assert.Equal(["say which: \"tokyo 2, jp\" (ap-northeast), \"tokyo 3, jp\" (jp-tyo-3)"], problem.Fixes);
    }

    [Fact]
    public void Lists_no_more_than_five()
    {
        var many = Assert.IsType<Match<Region>.Ambiguous>(Today.FindRegion("us"));

        Assert.True(many.Items.Count > 5);
        Assert.Equal(5, many.Problem.Fixes.Single().Split(" (").Length - 1);
        Assert.EndsWith(", …", many.Problem.Fixes.Single());
    }

    [Fact]
    public void Prefers_a_core_region_to_distributed_sites()
    {
        Region[] places = [Offers.Place("de-fra-2", "Frankfurt 2, DE"), Offers.Place("de-ham-1", "Hamburg, DE") with { SiteType = "distributed" }];

        Assert.Equal("de-fra-2", new LinodeCatalog(Offers.Of2017 with { Regions = places }).FindRegion("de").OrThrow().Id);
    }

    [Theory]
    [InlineData("8")]
    [InlineData("ap-northeast-1a")]
    public void Names_the_successor_of_the_closed_site(string asked)
    {
        var retired = Assert.IsType<Match<Region>.Retired>(Today.FindRegion(asked));

        Assert.Equal("ap-northeast", retired.Successor!.Id);
        Assert.Equal("LCT4004", retired.Problem.Code);
        Assert.Equal(["use \"tokyo 2, jp\" (ap-northeast)"], retired.Problem.Fixes);
        Assert.Contains("closed", retired.Problem.Why);
    }

    public static TheoryData<string> OldNames() => [.. Past.Regions.Rows.Distinct().SelectMany(row => row.Ids.Concat(row.Names))];

    [Theory]
    [MemberData(nameof(OldNames))]
    public void Every_old_name_leads_to_its_place_or_says_where_to_go(string name)
    {
        var row = Past.Regions.Find(name)!;
        var places = Today.FindRegion(name) switch
        {
            Match<Region>.Found found => [found.Item],
            Match<Region>.Retired { Successor: { } successor } => [successor],
            Match<Region>.Ambiguous many => many.Items, // the city of a closed site has newer ones
            _ => [],
        };

        Assert.Contains(row.Successor ?? row.Ids[0], places.Select(region => region.Id));
    }

    [Theory]
    [InlineData("newrk", "did you mean \"Newark\"?")]
    [InlineData("us-esat", "did you mean \"us-east\"")]
    public void Suggests_near_names_for_a_slip(string asked, string fix)
    {
        var problem = Today.FindRegion(asked).Problem!;

        Assert.Equal(("LCT4001", $"no region \"{asked}\""), (problem.Code, problem.What));
        Assert.StartsWith(fix, problem.Fixes.Single());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1")]
    [InlineData("5")]
    [InlineData("…")]
    [InlineData("atlantis-on-the-sea-floor")]
    public void Finds_nothing_in_nonsense(string asked) => Assert.IsType<Match<Region>.NotFound>(Today.FindRegion(asked));

    [Fact]
    public void Throws_the_problem_with_the_place_the_caller_knows()
    {
        var thrown = Assert.Throws<LinodeToolkitException>(() => Today.FindRegion("newrk").OrThrow(problem => problem with { Path = "regions/0" }));

        Assert.Equal(("LCT4001", "regions/0"), (thrown.Problem.Code, thrown.Problem.Path));
    }

    [Fact]
    public void Knows_what_a_region_can_do()
    {
        var newark = Today.FindRegion("us-east").OrThrow();

        Assert.True(newark.Has("Block Storage"));
        Assert.False(newark.Has("Teleport"));
    }
}
