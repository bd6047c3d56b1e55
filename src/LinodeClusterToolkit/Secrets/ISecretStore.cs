using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Keeps secrets by name.</summary>
public interface ISecretStore
{
    /// <summary>Its name in configuration and references, e.g. <c>plain</c>.</summary>
    string Scheme { get; }

    /// <summary>What and where, for messages.</summary>
    string Description { get; }

    /// <summary>The secret of that name with its version, or null.</summary>
    Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Writes a secret, whatever is there, durable when the task ends; true where it replaced one.</summary>
    Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation);

    /// <summary>Writes a secret only where it still is what the caller saw; false where it is not, and then nothing is written.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The new value.</param>
    /// <param name="expected">The version that <see cref="ReadAsync"/> gave; null where there must be no such secret yet.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation);

    /// <summary>Names, sorted: all of them, or those that begin with a folder.</summary>
    /// <param name="folder">Empty, or what stands before the names and ends with <c>/</c>; a store looks nowhere else.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation);

    /// <summary>Deletes a secret; false where there was none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellation);
}
