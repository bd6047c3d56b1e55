using System.Net;

namespace LinodeClusterToolkit.Security;

/// <summary>What a port is of.</summary>
internal enum Transport
{
    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,
}

/// <summary>Ports that are open between a node and peers of it.</summary>
/// <param name="Peers">The peers, a single one as a network of one.</param>
/// <param name="Transport">What the ports are of.</param>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
internal readonly record struct OpenPort(IPNetwork Peers, Transport Transport, ushort First, ushort Last);
