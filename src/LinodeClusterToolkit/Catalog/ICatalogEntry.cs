namespace LinodeClusterToolkit.Catalog;

/// <summary>Anything the cloud offers under an id and a name people can read.</summary>
public interface ICatalogEntry
{
    /// <summary>What the API calls it, such as <c>us-east</c> or <c>linode/debian12</c>.</summary>
    string Id { get; }

    /// <summary>What people call it, such as <c>Newark, NJ</c>.</summary>
    string Label { get; }
}
