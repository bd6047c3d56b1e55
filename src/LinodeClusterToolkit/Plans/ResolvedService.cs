using System.Globalization;

namespace LinodeClusterToolkit.Plans;

/// <summary>What listens on the nodes of groups that provide it, and who may call it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ports">What it listens on.</param>
/// <param name="From">Groups, in whatever region, whose nodes may call it.</param>
/// <param name="Networks">Networks that may call it, each as address and length of its prefix.</param>
/// <param name="Anywhere">True where everybody may.</param>
public sealed record ResolvedService(
    string Name, IReadOnlyList<ServicePorts> Ports, IReadOnlyList<string> From, IReadOnlyList<string> Networks, bool Anywhere)
{
    /// <summary>Whether nodes of a group may call it.</summary>
    internal bool LetsIn(string group) => Anywhere || From.Contains(group);
}

/// <summary>A port of a service, or a range of them.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
/// <param name="Protocol">tcp or udp.</param>
public sealed record ServicePorts(int First, int Last, string Protocol)
{
    /// <summary>The ports without their protocol, such as <c>6000-6010</c>.</summary>
    internal string Text => First == Last
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
