using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>A secret as its store holds it.</summary>
/// <param name="Value">The secret.</param>
/// <param name="Version">Says which writing of it this is: another text after every change, to be compared only, and only with those of the same store.</param>
public sealed record StoredSecret(Sensitive Value, string Version);
