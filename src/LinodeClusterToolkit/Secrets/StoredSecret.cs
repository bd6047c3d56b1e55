using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>A secret as its store holds it.</summary>
/// <param name="Value">The secret.</param>
/// <param name="Version">Says which writing of it this is: another text after every change, to be compared with those of its store only.</param>
public sealed record StoredSecret(Sensitive Value, string Version);
