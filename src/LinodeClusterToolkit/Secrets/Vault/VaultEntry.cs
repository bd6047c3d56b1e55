using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>What is at a path: the newest version of an entry.</summary>
/// <param name="Number">Its number, which is what check-and-set is held against.</param>
/// <param name="Created">When it was written, as the Vault says it.</param>
/// <param name="Value">The secret; null where the version was deleted, which leaves its number standing.</param>
/// <param name="Write">Which write of this toolkit made it, or null.</param>
internal sealed record VaultEntry(long Number, string Created, Sensitive? Value, string? Write)
{
    /// <summary>Numbers begin anew where all versions are deleted, so the time is part of it.</summary>
    public string Version => $"{Number}@{Created}";
}
