namespace Properties.Tests;

/// <summary>That the harness finds what it is there to find.</summary>
public sealed class HarnessTests
{
    [Fact]
    public async Task A_planted_bug_is_found_among_other_troubles_and_shrunk_to_what_shows_it()
    {
        const string Shows = "fault cut-after on POST /linode/instances label=ha-wordpress-eu-central-memcached-3 nth=1";
        var mixed = Case.Parse(
            "seed 5; fault 502 on POST /volumes nth=2; fault 408 on POST /nodebalancers nth=1; "
            + $"{Shows}; fault 500 on GET /account/events nth=9; fault 429 on POST /linode/instances nth=40; death after commit 700");
        await using var workers = new Workers("play", "double");

        var verdict = await workers.PlayAsync($"{mixed}");
        var smallest = await Shrink.ToSmallestAsync(mixed, async smaller => (await workers.PlayAsync($"{smaller}")).Wrong.Count > 0);

        Assert.Contains(verdict.Wrong, wrong => wrong.StartsWith("too much: node once-more-", StringComparison.Ordinal));
        Assert.Contains(verdict.Wrong, wrong => wrong.EndsWith("is an orphan", StringComparison.Ordinal));
        Assert.Equal($"seed 5; {Shows}", smallest.ToString());
    }

    [Theory]
    [InlineData("1 2 3 4 5 6 7 8", "3")]
    [InlineData("1 2 3 4 5 6 7", "2 7")]
    [InlineData("1", "1")]
    [InlineData("1 2", "1 2")]
    public async Task A_case_is_shrunk_to_the_troubles_that_it_takes(string troubles, string takes)
    {
        var needed = takes.Split(' ').Select(Trouble).ToList();
        var failing = new Case(1, [.. troubles.Split(' ').Select(Trouble)]);

        var smallest = await Shrink.ToSmallestAsync(failing, one => Task.FromResult(needed.All(one.Troubles.Contains)));

        Assert.Equal(needed, smallest.Troubles);

        static Trouble Trouble(string number) => new Trouble.Fault($"502 nth={number}");
    }

    [Fact]
    public void A_share_meets_every_request_with_some_effect_and_every_effect_somewhere_and_all_shares_are_the_whole()
    {
        var all = new CaseList([.. Enumerable.Range(1, 30).Select(nth => $"on GET /volumes nth={nth}")], 40, 1);

        var shares = Enumerable.Range(0, 4).Select(shift => CaseList.Share(all.AtRequests, CaseList.Effects.Count, 4, shift)).ToList();

        Assert.Equal(all.AtRequests.Select(one => one.ToString()).Order(), shares.SelectMany(share => share).Select(one => one.ToString()).Order());
        Assert.All(shares, share => Assert.Equal(30, share.Select(one => one.ToString().Split("nth=")[1]).Distinct().Count()));
        Assert.All(shares, share => Assert.Equal(7, share.Select(one => one.ToString().Split(' ')[3]).Distinct().Count()));
    }

    [Fact]
    public void A_case_is_the_same_once_it_was_a_line_and_a_mixture_the_same_for_the_same_number()
    {
        var all = new CaseList(["on GET /volumes nth=1", "on POST /volumes label=a nth=2"], 40, 1);

        Assert.All(Enumerable.Range(1, 50), number =>
        {
            Assert.Equal($"{all.Mixed(number)}", $"{all.Mixed(number)}");
            Assert.Equal($"{all.Mixed(number)}", $"{Case.Parse($"{all.Mixed(number)}")}");
        });
    }
}
