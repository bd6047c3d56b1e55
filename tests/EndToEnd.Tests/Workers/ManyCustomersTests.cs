using System.Globalization;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Workers;

/// <summary>Clusters of many customers, all at once, by several workers: each account is used as far as its limits allow.</summary>
/// <remarks><c>LCT_MANY=1</c>: 20 clusters of 50 nodes for 10 customers by 4 workers, with the platform's own times.</remarks>
[Collection("workers")]
public sealed class ManyCustomersTests(ITestOutputHelper output)
{
    private const double MostOverBound = 1.1;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    [Fact]
    public async Task Clusters_of_many_customers_stand_soon_and_no_account_is_asked_more_than_it_allows()
    {
        await using var at = await Installation.OpenAsync(Size.Now.Customers, "--latency", Size.Latency);
        var orders = new List<Order>();
        foreach (var order in Size.Now.Orders(at))
        {
            orders.Add(await at.PreviewAsync(order));
        }

        var submitting = DateTime.UtcNow;
        foreach (var some in orders.Chunk(4))
        {
            await Task.WhenAll(some.Select(at.SubmitAsync));
        }

        // All of it waits when the first worker comes: what is measured is theirs, not how fast orders come in.
        var began = DateTime.UtcNow;
        at.Crew.Hire(Size.Now.Workers);
        await at.EndedAsync(orders, Patience);
        var runs = new List<Measured>();
        foreach (var order in orders)
        {
            runs.Add(await Measured.OfAsync(at, order));
        }

        var wall = runs.Max(run => run.Ended) - began;
        var bound = orders.GroupBy(order => order.Customer).Max(group => Order.BoundOf([.. group]));
        output.WriteLine(string.Join('\n', runs));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Size.Now}: submitted in {(began - submitting).TotalSeconds:0.0} s, "
            + $"all stood after {wall.TotalSeconds:0.0} s, bound {bound.TotalSeconds:0} s"));
        foreach (var group in runs.GroupBy(run => run.Order.Customer.Name))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key}: {group.Sum(run => run.Calls)} calls, {group.Sum(run => run.RateWaits)} waited for a limit, "
                + $"{group.Sum(run => run.RateWaited):0} s in all ({string.Join(" and ", group.Select(run => $"{run.RateWaited:0}"))}), "
                + $"its last stood after {(group.Max(run => run.Ended) - began).TotalSeconds:0.0} s"));
        }

        await Audit.AssertAsync(at, orders);
        Assert.True(!Size.IsFull || wall <= bound * MostOverBound, $"{wall} is more than {MostOverBound} times the bound {bound}");
        await at.Crew.DrainAsync();
    }
}
