using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Catalog;

/// <summary>What the cloud offers, as data: from the API, from a cache, or shipped with this library.</summary>
/// <param name="Regions">Places.</param>
/// <param name="Types">Sizes of node and their prices.</param>
/// <param name="Images">Public images, and private ones where the account was asked.</param>
/// <param name="Kernels">Kernels and boot loaders.</param>
/// <param name="AsOf">When the cloud said so; of several answers, the oldest.</param>
public sealed record LinodeOffer(
    IReadOnlyList<Region> Regions, IReadOnlyList<NodeType> Types, IReadOnlyList<Image> Images, IReadOnlyList<Kernel> Kernels,
    DateTimeOffset AsOf)
{
    /// <summary>What the API can do that makes these.</summary>
    [JsonIgnore]
    public ApiAbilities Abilities { get => field ?? ApiAbilities.All; init; }
}
