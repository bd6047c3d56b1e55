using LinodeClusterToolkit.Naming;

namespace LinodeClusterToolkit.Tests.Naming;

public class CounterBookTests
{
    [Fact]
    public void Counts_from_one_and_goes_on_where_it_stopped()
    {
        var book = new CounterBook(new Dictionary<string, long> { ["rack"] = 9 });

        Assert.Equal([1, 2, 9, 10], new[] { book.Take("us-east/web"), book.Take("us-east/web"), book.Take("rack"), book.Take("rack") });
        Assert.Equal("rack 11, us-east/web 3", string.Join(", ", book.State.Select(one => $"{one.Key} {one.Value}")));
    }

    [Fact]
    public void Never_gives_a_number_somebody_has()
    {
        var book = new CounterBook(new Dictionary<string, long>());
        book.Passed("us-east/web", 7);
        book.Passed("us-east/web", 3);

        Assert.Equal(8, book.Take("us-east/web"));
    }

    [Fact]
    public void A_damaged_state_begins_at_one_again() => Assert.Equal(1, new CounterBook(new Dictionary<string, long> { ["x"] = -5 }).Take("x"));
}
