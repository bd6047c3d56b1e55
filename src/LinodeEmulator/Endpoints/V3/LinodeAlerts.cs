using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The alerts of a Linode: each can be off, and has a threshold. One that is off has the threshold 0, as in v4.</summary>
internal static class LinodeAlerts
{
    private static readonly (string Name, int Usual, int Most, Func<Alerts, int> Of)[] All =
    [
        ("cpu", 90, 800, alerts => alerts.Cpu),
        ("diskio", 10_000, int.MaxValue, alerts => alerts.Io),
        ("bwin", 10, int.MaxValue, alerts => alerts.NetworkIn),
        ("bwout", 10, int.MaxValue, alerts => alerts.NetworkOut),
        ("bwquota", 80, 100, alerts => alerts.TransferQuota),
    ];

    public static IEnumerable<Parameter> Parameters =>
        All.SelectMany(alert => new[] { Bool($"Alert_{alert.Name}_enabled"), Num($"Alert_{alert.Name}_threshold") });

    public static IEnumerable<(string Name, int Threshold)> Of(Alerts alerts) =>
        All.Select(alert => (alert.Name.ToUpperInvariant(), alert.Of(alerts)));

    public static Alerts Read(V3Call call, Alerts old)
    {
        int[] read = [.. All.Select(alert => Read(call, alert.Name, alert.Of(old), alert.Usual, alert.Most))];
        return new Alerts(Cpu: read[0], NetworkIn: read[2], NetworkOut: read[3], TransferQuota: read[4], Io: read[1]);
    }

    private static int Read(V3Call call, string name, int old, int usual, int most)
    {
        var (isOn, threshold) = (call.Flag($"Alert_{name}_enabled"), call.Within($"Alert_{name}_threshold", 0, most));
        return isOn == false ? 0 : threshold ?? (isOn == true && old == 0 ? usual : old);
    }
}
