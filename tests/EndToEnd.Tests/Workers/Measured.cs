using System.Globalization;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Workers;

/// <summary>What a run says of itself: when it ended, how long it took, and how often it waited.</summary>
internal sealed record Measured(
    Order Order, string Outcome, DateTime Ended, double Elapsed, double? Cloud, long Calls, long RateWaits, double RateWaited,
    int Waiting, int Retries)
{
    public static async Task<Measured> OfAsync(Installation at, Order order)
    {
        var events = (await at.ReadAsync(order.Customer, "cluster", "events", order.Cluster)).AsArray();
        var last = events.LastOrDefault(one => (string)one!["type"]! == "run.summary");
        var summary = last?["summary"];
        int Count(string type) => events.Count(one => (string)one!["type"]! == type);
        return new Measured(
            order, (string?)summary?["outcome"] ?? "no summary", last is null ? DateTime.UtcNow : ((DateTime)last["ts"]!).ToUniversalTime(),
            (double?)summary?["elapsed_seconds"] ?? 0, (double?)summary?["cloud_seconds"],
            (long?)summary?["calls"] ?? 0, (long?)summary?["rate_waits"] ?? 0,
            (double?)summary?["rate_waited_seconds"] ?? 0, Count("task.waiting"), Count("task.retrying"));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Order}: {Outcome} in {Elapsed:0.0} s, bound {Order.Bound.TotalSeconds:0} s, with the cloud's times {Cloud:0.0} s; "
        + $"{Calls} calls, {RateWaits} waited for a limit, {RateWaited:0} s in all; {Waiting} waits told, {Retries} retries");
}
