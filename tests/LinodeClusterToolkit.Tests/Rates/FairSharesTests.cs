using LinodeClusterToolkit.Rates;

namespace LinodeClusterToolkit.Tests.Rates;

public sealed class FairSharesTests
{
    [Fact]
    public void Divides_evenly_between_runs_however_many_they_want()
    {
        Assert.Equal("a 7, b 7, c 6", Divided(20, Want("a", 1000), Want("b", 50), Want("c", 8)));
        Assert.Equal("a 9, b 9, c 2", Divided(20, Want("a", 1000), Want("b", 50), Want("c", 2)));
        Assert.Equal("a 5", Divided(20, Want("a", 5)));
    }

    [Fact]
    public void A_run_that_holds_permits_waits_until_the_others_hold_as_many()
    {
        var held = new Dictionary<string, int> { ["a"] = 4, ["b"] = 1 };
        Assert.Equal("b 3", Shown(FairShares.Divide(3, [Want("a", 9), Want("b", 9)], held)));
        Assert.Equal("b 4, a 1", Shown(FairShares.Divide(5, [Want("b", 9), Want("a", 9)], held)));
    }

    [Fact]
    public void Where_it_does_not_come_out_even_the_one_that_had_fewer_turns_has_the_odd_one() =>
        Assert.Equal("b 3, a 2", Divided(5, Want("a", 9) with { Turn = 3 }, Want("b", 9) with { Turn = 2 }));

    [Fact]
    public void Within_a_run_it_goes_to_the_process_whose_call_waits_the_longest() =>
        Assert.Equal("a@2 2, a@1 3", Divided(5, Want("a", 9, process: "1", since: 7), Want("a", 2, process: "2", since: 3)));

    [Fact]
    public void Whoever_comes_later_begins_where_the_one_with_the_fewest_turns_is()
    {
        Want[] wants = [Want("a", 1) with { Turn = 30 }, Want("b", 1) with { Turn = 12 }, Want("b", 1, process: "2") with { Turn = 14 }];
        Assert.Equal((30, 14, 12), (FairShares.TurnOf(wants, "a"), FairShares.TurnOf(wants, "b"), FairShares.TurnOf(wants, "c")));
    }

    [Fact]
    public void Gives_nothing_where_nothing_is_free_or_nobody_wants_any()
    {
        Assert.Equal("", Divided(0, Want("a", 5)));
        Assert.Equal("", Divided(5));
    }

    private static Want Want(string run, int waiting, string process = "", int since = 0) =>
        new(run, process, waiting, TimeSpan.FromSeconds(since), 0, TimeSpan.Zero);

    private static string Divided(int free, params Want[] wants) => Shown(FairShares.Divide(free, wants, new Dictionary<string, int>()));

    private static string Shown(Dictionary<Want, int> shares) =>
        string.Join(", ", shares.Select(share => $"{share.Key.Run}{(share.Key.Process is "" ? "" : "@" + share.Key.Process)} {share.Value}"));
}
