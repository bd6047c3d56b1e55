namespace LinodeClusterToolkit.Catalog;

/// <summary>A disk image a node can be made from: Linode's own, or a private one of the account.</summary>
/// <param name="Id"><c>linode/…</c> for public images, <c>private/…</c> for the account's.</param>
/// <param name="Label">Name in Cloud Manager, such as <c>Debian 12</c>.</param>
/// <param name="Vendor">Who makes the distribution; null for private images.</param>
/// <param name="SizeMb">Smallest disk it fits on.</param>
/// <param name="Deprecated">True where Linode means to withdraw it.</param>
/// <param name="IsPublic">True for Linode's own.</param>
/// <param name="Status"><c>available</c>, <c>creating</c> or <c>pending_upload</c>.</param>
/// <param name="Capabilities">In the API's words: <c>cloud-init</c>, <c>distributed-sites</c>.</param>
public sealed record Image(
    string Id, string Label, string? Vendor, int SizeMb, bool Deprecated, bool IsPublic, string Status, IReadOnlySet<string> Capabilities)
    : ICatalogEntry
{
    /// <summary>Tags of the account's own, by which customers who share it tell theirs apart.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    /// <summary>Whether user data given at creation is acted on at first boot.</summary>
    public bool HasCloudInit => Capabilities.Contains("cloud-init");
}
