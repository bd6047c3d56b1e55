using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class NameMatchTests
{
    [Theory]
    [InlineData("web", "web")]
    [InlineData("WEB", "web")]
    [InlineData("Web-Prod", "web-prod")]
    [InlineData("prod", "web-prod")]
    [InlineData("prod web", "web-prod")]
    [InlineData("iot", "iot-one")]
    public void Finds_by_exact_name_then_any_case_then_words_then_prefix(string name, string found) =>
        Assert.Equal(found, Match(name, "web", "web-prod", "iot-one", "my-iot"));

    [Theory]
    [InlineData("web-", "\"web-1\", \"web-2\"")]
    [InlineData("e", "\"web-1\", \"web-2\"")]
    public void Several_that_fit_are_named(string name, string named)
    {
        var several = Assert.Throws<LinodeToolkitException>(() => Match(name, "web-1", "web-2", "db"));

        Assert.Equal("LCT4012", several.Problem.Code);
        Assert.Equal([$"say which: {named}"], several.Problem.Fix);
    }

    [Fact]
    public void None_that_fits_comes_with_the_nearest()
    {
        var none = Assert.Throws<LinodeToolkitException>(() => Match("wbe-prod", "web-prod", "iot"));

        Assert.Equal(("LCT4011", "there is no cluster \"wbe-prod\""), (none.Problem.Code, none.Problem.What));
        Assert.Equal(["did you mean \"web-prod\"?"], none.Problem.Fix);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void No_name_fits_nothing_even_where_there_is_only_one(string name) =>
        Assert.Equal("LCT4011", Assert.Throws<LinodeToolkitException>(() => Match(name, "web")).Problem.Code);

    [Fact]
    public void Any_name_of_a_thing_will_do()
    {
        (string Label, string Host)[] nodes = [("web-1", "www.example.com"), ("db-1", "db.example.com")];

        Assert.Equal("db-1", NameMatch.Of("node", "db.example.com", nodes, node => [node.Label, node.Host]).Label);
    }

    private static string Match(string name, params string[] all) => NameMatch.Of("cluster", name, all, known => [known]);
}
