using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Keeps secrets by name.</summary>
public interface ISecretStore
{
    /// <summary>Its name in configuration and references, e.g. <c>plain</c>.</summary>
    string Scheme { get; }

    /// <summary>What and where, for messages.</summary>
    string Description { get; }

    /// <summary>The secret of that name, or null.</summary>
    Task<Sensitive?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Writes a secret, durable when the task ends; true where it replaced one.</summary>
    Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation);

    /// <summary>Names, sorted.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation);

    /// <summary>Deletes a secret; false where there was none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellation);
}
