using LinodeTool.Commands;

namespace LinodeTool.Tests.Commands;

public sealed class CatalogCommandTests
{
    private static readonly string[] Images = ["linode/ubuntu24.04 Ubuntu 24.04 LTS", "linode/ubuntu22.04 Ubuntu 22.04 LTS",
        "linode/debian12 Debian 12"];

    [Theory]
    [InlineData(null, 3)]
    [InlineData("", 3)]
    [InlineData("UBUNTU", 2)]
    [InlineData("lts 22", 1)]
    public void A_query_keeps_what_holds_all_its_words(string? query, int count) =>
        Assert.Equal(count, CatalogCommand.Fitting(Images, query, image => image, _ => throw new InvalidOperationException()).Count);

    [Fact]
    public void A_query_that_no_name_holds_is_left_to_the_catalogues_own_matching() =>
        Assert.Equal(["146 means Debian"], CatalogCommand.Fitting(Images, "146", image => image, query => $"{query} means Debian"));
}
