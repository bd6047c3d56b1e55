using LinodeEmulator.State;
using LinodeEmulator.Time;

namespace LinodeEmulator.Wire;

internal sealed record TransferWire(double? In, double? Out, double? Total);

internal sealed record BalancerWire(
    long Id, string Label, string Region, string Hostname, string Ipv4, string Ipv6, int ClientConnThrottle, int ClientUdpSessThrottle, string Type,
    TransferWire Transfer,
    IReadOnlyList<string> Tags, IReadOnlyList<string> Locks, string Created, string Updated)
{
    public static BalancerWire Of(NodeBalancer row) => new(
        row.Id, row.Label, row.Region, $"{row.Ipv4.Replace('.', '-')}.ip.linodeusercontent.com", row.Ipv4, row.Ipv6, row.Throttle, row.UdpThrottle,
        row.Type,
        new TransferWire(null, null, null), row.Tags, [], ApiTime.Text(row.Created), ApiTime.Text(row.Updated));
}

internal sealed record NodesStatus(int Up, int Down);

internal sealed record BalancerConfigWire(
    long Id, int Port, string Protocol, string Algorithm, string Stickiness, string Check, int CheckInterval, int CheckTimeout, int CheckAttempts,
    string CheckPath,
    string CheckBody, bool CheckPassive, string ProxyProtocol, string CipherSuite, string? SslCert, string? SslKey, string SslCommonname,
    string SslFingerprint,
    NodesStatus NodesStatus, long NodebalancerId)
{
    private const string Redacted = "<REDACTED>";

    /// <summary>Nothing checks the back ends of records, so none is up and none is down.</summary>
    public static BalancerConfigWire Of(BalancerConfig row) => new(
        row.Id, row.Port, row.Protocol, row.Algorithm, row.Stickiness, row.Check, row.CheckInterval, row.CheckTimeout, row.CheckAttempts,
        row.CheckPath, row.CheckBody,
        row.CheckPassive, row.ProxyProtocol, row.CipherSuite, row.HasCertificate
            ? Redacted
            : null, row.HasCertificate ? Redacted : null, "", "", new NodesStatus(0, 0),
        row.NodeBalancerId);
}

internal sealed record BalancerNodeWire(
    long Id, string Address, string Label, int Weight, string Mode, string Status, long ConfigId, long NodebalancerId)
{
    public static BalancerNodeWire Of(BalancerNode row) =>
        new(row.Id, row.Address, row.Label, row.Weight, row.Mode, "Unknown", row.ConfigId, row.NodeBalancerId);
}
