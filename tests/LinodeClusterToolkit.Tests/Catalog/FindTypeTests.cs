using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Catalog.Matching;

namespace LinodeClusterToolkit.Tests.Catalog;

public class FindTypeTests
{
    private static readonly LinodeCatalog Today = LinodeCatalog.BuiltIn;
    private static readonly LinodeCatalog In2017 = new(Offers.Of2017);

    [Theory]
    [InlineData("g6-standard-1", "g6-standard-1", MatchKind.Id)]
    [InlineData("g5-standard-1", "g6-standard-1", MatchKind.Legacy)]
    [InlineData("g5-highmem-8", "g7-highmem-8", MatchKind.Legacy)]
    [InlineData("g5-standard-8", "g6-standard-8", MatchKind.Legacy)]
    [InlineData("Linode 24576", "g6-standard-8", MatchKind.Legacy)]
    [InlineData("Linode 1024", "g6-nanode-1", MatchKind.Legacy)]
    [InlineData("1", "g6-nanode-1", MatchKind.Legacy)]
    [InlineData("g5-nanode-1", "g6-nanode-1", MatchKind.Legacy)]
    [InlineData("g6-highmem-4", "g7-highmem-4", MatchKind.Legacy)]
    [InlineData("linode2048.5", "g6-standard-1", MatchKind.Legacy)]
    [InlineData("Linode 16384", "g7-highmem-1", MatchKind.Legacy)]
    [InlineData("Linode 512", "g6-standard-2", MatchKind.Legacy)]
    [InlineData("Linode 360", "g6-nanode-1", MatchKind.Legacy)]
    [InlineData("Linode 2GB", "g6-standard-1", MatchKind.Name)]
    [InlineData("linode 24gb", "g7-highmem-1", MatchKind.Name)]
    [InlineData("dedicated 4GB", "g6-dedicated-2", MatchKind.Name)]
    [InlineData("premium 4gb", "g7-premium-2", MatchKind.Name)]
    [InlineData("nanode", "g6-nanode-1", MatchKind.Name)]
    [InlineData("1gb", "g6-nanode-1", MatchKind.Size)]
    [InlineData("1 GB", "g6-nanode-1", MatchKind.Size)]
    [InlineData("4gb", "g6-standard-2", MatchKind.Size)]
    [InlineData("4g", "g6-standard-2", MatchKind.Size)]
    [InlineData("2048MB", "g6-standard-1", MatchKind.Size)]
    [InlineData("shared 4 GB", "g6-standard-2", MatchKind.Size)]
    [InlineData("4gb dedicated", "g6-dedicated-2", MatchKind.Size)]
    [InlineData("24gb", "g7-highmem-1", MatchKind.Size)]
    [InlineData("high memory 24gb", "g7-highmem-1", MatchKind.Size)]
    [InlineData("32gb gpu", "g1-gpu-rtx6000-1", MatchKind.Size)]
    [InlineData("rtx6000 x2", "g1-gpu-rtx6000-2", MatchKind.Words)]
    [InlineData("price:960", "g7-highmem-16", MatchKind.Attribute)]
    [InlineData("ram:80GB", "g7-highmem-4", MatchKind.Attribute)]
    [InlineData("shared ram:80GB", "g6-standard-20", MatchKind.Attribute)]
    [InlineData("ram: 4 GB, price: $36", "g6-dedicated-2", MatchKind.Attribute)]
    [InlineData("ram:4GB price:43", "g7-premium-2", MatchKind.Attribute)]
    [InlineData("vcpus:24", "g6-standard-24", MatchKind.Attribute)]
    [InlineData("gpus:2", "g1-gpu-rtx6000-2", MatchKind.Attribute)]
    [InlineData("highmem disk:100GB", "g7-highmem-8", MatchKind.Attribute)]
    [InlineData("g7-highmem-1", "g7-highmem-1", MatchKind.Id)]
    [InlineData("g6-nano", "g6-nanode-1", MatchKind.Prefix)]
    public void Finds_today_s_type(string asked, string id, MatchKind how)
    {
        var found = Assert.IsType<Match<NodeType>.Found>(Today.FindType(asked));

        Assert.Equal((id, how), (found.Item.Id, found.How));
    }

    [Theory]
    [InlineData("1gb", "g5-nanode-1")]
    [InlineData("1", "g5-nanode-1")]
    [InlineData("Linode 1024", "g5-nanode-1")]
    [InlineData("Nanode 1GB", "g5-nanode-1")]
    [InlineData("Linode 2GB", "g5-standard-1")]
    [InlineData("16gb", "g5-highmem-1")]
    [InlineData("ram:80GB", "g5-standard-20")]
    [InlineData("disk:1536GB", "g5-standard-20")]
    [InlineData("price:960", "g5-highmem-16")]
    [InlineData("6", "g5-standard-8")]
    [InlineData("g4-standard-2", "g5-standard-8")]
    public void Finds_the_type_in_the_offer_of_2017(string asked, string id) => Assert.Equal(id, In2017.FindType(asked).OrThrow().Id);

    [Theory]
    [InlineData("g6-standard-1", null)]
    [InlineData("1gb", "1gb → g6-nanode-1 (Nanode 1GB: 1 GB, $5 a month)")]
    [InlineData("g5-standard-8", "g5-standard-8 → g6-standard-8 (g5-standard-8 had 24 GB, $160 a month, this has 32 GB, $192 a month)")]
    [InlineData("6", "6 → g6-standard-8 (g5-standard-8 had 24 GB, $160 a month, this has 32 GB, $192 a month)")]
    [InlineData("Linode 360", "Linode 360 → g6-nanode-1 (Linode 360 had 360 MB, $19.95 a month, this has 1 GB, $5 a month)")]
    [InlineData("ram:80GB", "ram:80GB → g7-highmem-4 (the nearest at or above; Linode 90GB: 90 GB, $240 a month)")]
    public void Shows_the_mapping_with_memory_and_price(string asked, string? note) =>
        Assert.Equal(note, ((Match<NodeType>.Found)Today.FindType(asked)).Note);

    [Theory]
    [InlineData("ram:4GB", "g6-standard-2 g6-dedicated-2 g7-premium-2")]
    [InlineData("ram:3GB", "g6-standard-2 g6-dedicated-2 g7-premium-2")]
    [InlineData("disk:1536GB", "g6-standard-20 g6-dedicated-48 g7-premium-48")]
    [InlineData("256gb", "g6-dedicated-56 g7-premium-56")]
    public void Lists_types_that_fit_equally_well_cheapest_first(string asked, string ids)
    {
        var many = Assert.IsType<Match<NodeType>.Ambiguous>(Today.FindType(asked));

        Assert.Equal(ids, string.Join(' ', many.Items.Select(type => type.Id)));
        Assert.Equal("LCT4003", many.Problem.Code);
    }

    [Fact]
    public void Takes_a_bare_size_literally_and_names_the_next_above()
    {
        var none = Assert.IsType<Match<NodeType>.NotFound>(Today.FindType("80gb"));

        Assert.Equal(["g7-highmem-4", "g6-standard-20", "g6-dedicated-48"], none.Nearest);
        Assert.Equal("no such type has exactly 80 GB; with ram: before the size the nearest above is taken", none.Problem.Why);
    }

    [Fact]
    public void Names_the_dearer_types_where_none_has_the_price()
    {
        var none = Assert.IsType<Match<NodeType>.NotFound>(Today.FindType("price:950"));

        Assert.Equal("g7-highmem-16", none.Nearest[0]);
        Assert.Equal("nothing that fits costs $950 a month", none.Why);
    }

    [Theory]
    [InlineData("ram:80", "cannot read ram:80")]
    [InlineData("ram:-1GB", "cannot read ram:-1gb")]
    [InlineData("vcpus:many", "cannot read vcpus:many")]
    [InlineData("ram:99999999999999GB", "cannot read")]
    [InlineData("colour:blue", "not colour:")]
    [InlineData("ram:9999GB", "no type has that much")]
    public void Says_why_attributes_lead_nowhere(string asked, string why)
    {
        var problem = Today.FindType(asked).Problem!;

        Assert.Equal("LCT4001", problem.Code);
        Assert.Contains(why, problem.Why);
    }

    [Theory]
    [InlineData("g6-standrad-1", "g6-standard-1")]
    [InlineData("linode 2gbb", "Linode 2GB")]
    public void Suggests_near_names_for_a_slip(string asked, string first) =>
        Assert.Equal(first, Assert.IsType<Match<NodeType>.NotFound>(Today.FindType(asked)).Nearest[0]);

    [Theory]
    [InlineData("0")]
    [InlineData("15")]
    [InlineData("2048")]
    [InlineData("0gb")]
    [InlineData("4gb 8gb")]
    public void Finds_nothing_where_nothing_is_meant(string asked) => Assert.IsType<Match<NodeType>.NotFound>(Today.FindType(asked));

    public static TheoryData<string> OldNames() => [.. LegacyTypes().SelectMany(row => row.Names.Prepend(row.Id))];

    [Theory]
    [MemberData(nameof(OldNames))]
    public void Every_old_name_leads_to_at_least_the_memory_and_disk_it_had(string name)
    {
        var old = Past.Types.Find(name)!;

        var found = Assert.IsType<Match<NodeType>.Found>(Today.FindType(name));

        Assert.True(found.Item.MemoryMb >= old.MemoryMb);
        Assert.True(found.Item.DiskMb >= old.DiskMb);
        Assert.Equal(0, found.Item.Gpus);
    }

    [Fact]
    public void Every_successor_named_is_on_sale() =>
        Assert.All(LegacyTypes(), row => Assert.True(row.Successor is null || Today.FindType(row.Successor) is Match<NodeType>.Found));

    [Theory]
    [InlineData("standard-10", "g6-standard-16")]
    [InlineData("g4-standard-4-s", "g6-standard-4")]
    [InlineData("g5-standard-20-s1", "g6-standard-24")]
    public void Takes_the_smallest_type_with_room_where_the_successor_was_never_sold(string asked, string id) =>
        Assert.Equal(id, Today.FindType(asked).OrThrow().Id);

    [Fact]
    public void Is_retired_where_nothing_is_as_large()
    {
        var small = new LinodeCatalog(Offers.OfTypes(Offers.Type("g6-nanode-1", "Nanode 1GB", "nanode", 1024, 25600, 1, 5)));

        var retired = Assert.IsType<Match<NodeType>.Retired>(small.FindType("g5-standard-8"));

        Assert.Null(retired.Successor);
        Assert.Contains("24 GB", retired.Problem.Why);
        Assert.Empty(retired.Problem.Fixes);
    }

    [Fact]
    public void Prefers_what_is_still_sold_and_says_what_is_not()
    {
        var mixed = new LinodeCatalog(Offers.OfTypes(
            Offers.Type("g5-standard-2", "Linode 4096", "standard", 4096, 49152, 2, 20, successor: "g6-standard-2"),
            Offers.Type("g6-standard-2", "Linode 4GB", "standard", 4096, 81920, 2, 24)));

        Assert.Equal("g6-standard-2", mixed.FindType("4gb").OrThrow().Id);
        Assert.Contains("its successor is g6-standard-2", ((Match<NodeType>.Found)mixed.FindType("g5-standard-2")).Note);
    }

    private static IEnumerable<PastType> LegacyTypes() => Past.Types.Rows.Distinct();
}
