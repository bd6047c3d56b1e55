using LinodeTool.Grammar;

namespace LinodeTool.Tests.Grammar;

public sealed class QuotesTests
{
    [Fact]
    public void Pasted_quotes_are_refused_with_the_line_as_it_was_meant()
    {
        string[] args = ["node", "create", "newark", "1gb", "‘ubuntu", "16.04", "lts’"];

        var problem = Quotes.FirstProblem(args)!;

        Assert.Equal("LCT1007", problem.Code);
        Assert.Equal("the argument ‘ubuntu starts with a typographic quote", problem.What);
        Assert.Equal("argument 5", problem.Where);
        Assert.Equal(["linodetool node create newark 1gb 'ubuntu 16.04 lts'"], problem.Fixes);
    }

    [Theory]
    [InlineData("linodetool cluster create ha-wordpress ha-wordpress-plan.yaml", "cluster", "create", "‘ha-wordpress’", "ha-wordpress-plan.yaml")]
    [InlineData("linodetool node create newark 1gb 'ubuntu 16.04 lts'", "node", "create", "newark", "‘1gb’", "‘ubuntu", "16.04", "lts’")]
    [InlineData("linodetool cluster show web --columns=label", "cluster", "show", "web", "--columns=“label”")]
    [InlineData("linodetool cluster delete web --yes", "cluster", "delete", "web", "—yes")]
    public async Task Nothing_is_done_with_what_a_web_page_made_of_quotes_and_dashes(string fix, params string[] args)
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync(args));
        Assert.Contains("fix:   " + fix + "\n", tool.Error);
        Assert.Empty(tool.Out);
    }

    [Fact]
    public void What_stands_behind_two_dashes_or_inside_a_word_is_no_business_of_ours()
    {
        Assert.Null(Quotes.FirstProblem(["emulator", "run", "--", "echo", "‘x’"]));
        Assert.Null(Quotes.FirstProblem(["cluster", "show", "rock’n’roll"]));
        Assert.Null(Quotes.FirstProblem(["secret", "set", "x", "-"]));
    }
}
