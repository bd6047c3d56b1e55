namespace LinodeClusterToolkit.Catalog;

/// <summary>A place where nodes can run.</summary>
/// <param name="Id">Id in the API, such as <c>us-east</c>.</param>
/// <param name="Label">City and area, such as <c>Newark, NJ</c>.</param>
/// <param name="Country">Two letters, lower case.</param>
/// <param name="Capabilities">What the region can do, in the API's words: <c>Block Storage</c>, <c>VPCs</c>, <c>Metadata</c> …</param>
/// <param name="Status"><c>ok</c> or <c>outage</c>.</param>
/// <param name="SiteType"><c>core</c>, or <c>distributed</c> for the small sites that take few kinds of work.</param>
public sealed record Region(string Id, string Label, string Country, IReadOnlySet<string> Capabilities, string Status, string SiteType)
    : ICatalogEntry
{
    /// <summary>Whether the region can do this; spelled as the API spells it.</summary>
    public bool Has(string capability) => Capabilities.Contains(capability);
}
