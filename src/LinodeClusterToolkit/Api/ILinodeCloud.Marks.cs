namespace LinodeClusterToolkit.Api;

/// <summary>What can carry an owner mark that is put on it later.</summary>
public enum CloudThing
{
    /// <summary>A node.</summary>
    Node,

    /// <summary>A block storage volume.</summary>
    Volume,

    /// <summary>A NodeBalancer.</summary>
    Balancer,

    /// <summary>A Cloud Firewall.</summary>
    Firewall,
}

/// <content>Owner marks on what was made by other means.</content>
public partial interface ILinodeCloud
{
    /// <summary>Puts an owner mark on a thing beside its other tags; one that has it, or another owner's, is left as it is.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="mark">The mark, <c>lct:</c> and a uuid.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>All tags it has then; null where there is no such thing any more.</returns>
    /// <exception cref="NotSupportedException">This API has no tags for things of that kind: see <see cref="Catalog.ApiAbilities.Tags"/>.</exception>
    Task<IReadOnlyList<string>?> MarkAsync(CloudThing what, long id, string mark, CancellationToken cancellation);
}
