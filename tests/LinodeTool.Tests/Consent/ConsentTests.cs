using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Consent;

namespace LinodeTool.Tests.Consent;

public sealed class ConsentTests
{
    [Theory]
    [InlineData("Adds", true, false, false, "AskYesNo")]
    [InlineData("Adds", true, false, true, "AskYesNo")]
    [InlineData("Adds", true, true, false, "Go")]
    [InlineData("Adds", true, true, true, "Refuse")]
    [InlineData("Adds", false, false, false, "Go")]
    [InlineData("Adds", false, false, true, "Refuse")]
    [InlineData("Adds", false, true, true, "Refuse")]
    [InlineData("Destroys", true, false, false, "AskName")]
    [InlineData("Destroys", true, true, false, "Go")]
    [InlineData("Destroys", false, true, false, "Go")]
    [InlineData("Destroys", false, false, false, "Refuse")]
    [InlineData("Trusts", true, false, false, "AskYesNo")]
    [InlineData("Trusts", true, true, false, "Go")]
    [InlineData("Trusts", false, true, false, "Go")]
    [InlineData("Trusts", false, false, false, "Refuse")]
    [InlineData("Adopts", true, false, false, "AskYesNo")]
    [InlineData("Adopts", true, true, false, "Go")]
    [InlineData("Adopts", false, true, false, "Go")]
    [InlineData("Adopts", false, false, false, "Refuse")]
    public void Who_is_asked_depends_on_the_deed_the_terminal_yes_and_the_limit(string deed, bool canAsk, bool yes, bool over, string decision) =>
        Assert.Equal(Enum.Parse<Decision>(decision), ConsentPolicy.Decide(Enum.Parse<Deed>(deed), canAsk, yes, over));

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    [InlineData("\n", false)]
    [InlineData("n\n", false)]
    [InlineData("", false)]
    [InlineData("yo\n", false)]
    public async Task Only_yes_is_yes(string typed, bool agreed)
    {
        using var tool = new TestTool { Input = typed };
        var asker = new Asker(tool.Host, canAsk: true, yes: false, limit: null);

        var failure = await Record.ExceptionAsync(() => asker.AgreeToAddAsync("Create 82 nodes?", 100));

        Assert.Equal(agreed, failure is null);
        Assert.Equal("Create 82 nodes? [y/N] ", tool.Error);
        Assert.True(agreed || ExitCodes.For(((LinodeToolkitException)failure!).Problem) == ExitCode.NotAgreed);
    }

    [Theory]
    [InlineData("shop\n", true)]
    [InlineData("y\n", false)]
    [InlineData("Shop\n", false)]
    public async Task To_lose_something_its_name_is_typed(string typed, bool agreed)
    {
        using var tool = new TestTool { Input = typed };
        var asker = new Asker(tool.Host, canAsk: true, yes: false, limit: null);

        var failure = await Record.ExceptionAsync(() => asker.AgreeToLoseAsync("shop", "deleting cluster shop", ["  82 nodes"]));

        Assert.Equal(agreed, failure is null);
        Assert.StartsWith("  82 nodes\n", tool.Error);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("\n", false)]
    public async Task What_is_to_be_believed_is_shown_before_it_is_asked_for(string typed, bool agreed)
    {
        using var tool = new TestTool { Input = typed };
        var asker = new Asker(tool.Host, canAsk: true, yes: false, limit: null);

        var failure = await Record.ExceptionAsync(() => asker.AgreeToTrustAsync("Accept it?", "accepting another key", ["now  SHA256:b"]));

        Assert.Equal(agreed, failure is null);
        Assert.Equal("now  SHA256:b\nAccept it? [y/N] ", tool.Error);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_destroying_needs_yes_and_the_limit_holds()
    {
        using var tool = new TestTool();
        var asker = new Asker(tool.Host, canAsk: false, yes: false, limit: 50m);

        var lose = await Assert.ThrowsAsync<LinodeToolkitException>(() => asker.AgreeToLoseAsync("shop", "deleting cluster shop", []));
        var add = await Assert.ThrowsAsync<LinodeToolkitException>(() => asker.AgreeToAddAsync("Create 1 node?", 50.01m));
        await asker.AgreeToAddAsync("Create 1 node?", 50m);

        Assert.Equal(["LCT8102", "LCT8103"], new[] { lose, add }.Select(failure => failure.Problem.Code));
        Assert.Equal("", tool.Error);
    }
}
