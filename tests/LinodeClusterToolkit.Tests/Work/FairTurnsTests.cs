using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Tests.Work;

public sealed class FairTurnsTests
{
    private readonly FairTurns<string> turns = new();

    [Fact]
    public void Customers_take_turns_however_much_one_has()
    {
        Add("anna", "r1", "a1", "a2", "a3", "a4");
        Add("bert", "r2", "b1", "b2");

        Assert.Equal("a1 b1 a2 b2 a3 a4", TakeAll());
    }

    [Fact]
    public void The_runs_of_one_customer_take_turns()
    {
        Add("anna", "r1", "a1", "a2", "a3");
        Add("anna", "r2", "x1", "x2");
        Add("bert", "r3", "b1");

        Assert.Equal("a1 b1 x1 a2 x2 a3", TakeAll());
    }

    [Fact]
    public void Who_comes_later_does_not_wait_for_all_who_were_there_before()
    {
        Add("anna", "r1", "a1", "a2", "a3");
        turns.TryTake(out _);
        Add("bert", "r2", "b1");

        Assert.Equal("a2 b1 a3", TakeAll());
        Assert.False(turns.TryTake(out _));
        Assert.Equal(0, turns.Count);
    }

    private void Add(string customer, string run, params string[] items)
    {
        foreach (var item in items)
        {
            turns.Add(customer, run, item);
        }
    }

    private string TakeAll()
    {
        var taken = new List<string>();
        while (turns.TryTake(out var item))
        {
            taken.Add(item);
        }

        return string.Join(' ', taken);
    }
}
