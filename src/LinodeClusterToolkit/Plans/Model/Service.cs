using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A service as the plan says it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ports">What it listens on.</param>
/// <param name="Callers">Groups and tags that may call it; whether there are such is known when the regions are.</param>
/// <param name="Networks">Networks that may call it.</param>
/// <param name="Anywhere">True where everybody may.</param>
internal sealed record Service(
    Located<string> Name, IReadOnlyList<ServicePorts> Ports, IReadOnlyList<Located<string>> Callers, IReadOnlyList<string> Networks, bool Anywhere);
