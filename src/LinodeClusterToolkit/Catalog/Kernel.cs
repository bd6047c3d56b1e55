namespace LinodeClusterToolkit.Catalog;

/// <summary>A kernel or boot loader a node can start with.</summary>
/// <param name="Id">Id in the API, such as <c>linode/grub2</c>; the API lists a few old ids twice.</param>
/// <param name="Label">Name in Cloud Manager.</param>
/// <param name="Version">Version of the kernel; empty where it is the disk that decides.</param>
/// <param name="Architecture"><c>x86_64</c> or <c>i386</c>.</param>
/// <param name="Deprecated">True where Linode advises against it.</param>
public sealed record Kernel(string Id, string Label, string Version, string Architecture, bool Deprecated) : ICatalogEntry;
