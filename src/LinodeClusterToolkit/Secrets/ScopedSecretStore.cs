using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>The part of a store that is one customer's: nobody reads, writes, lists or deletes what stands outside of it.</summary>
/// <param name="inner">The store of all.</param>
/// <param name="scope">Folder of the customer, with <c>/</c> at its end; empty for whoever has all but the folder of the others.</param>
/// <param name="others">Folder that all other customers' folders are in.</param>
internal sealed class ScopedSecretStore(ISecretStore inner, string scope, string others) : ISecretStore, IAsyncDisposable
{
    public string Scheme => inner.Scheme;

    public string Description => scope.Length == 0 ? inner.Description : $"{inner.Description}, below {scope.TrimEnd('/')}";

    public async Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation) =>
        await inner.ReadAsync(Within(name), cancellation).ConfigureAwait(false);

    public async Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation) =>
        await inner.SetAsync(Within(name), value, cancellation).ConfigureAwait(false);

    public async Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation) =>
        await inner.TrySetAsync(Within(name), value, expected, cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation)
    {
        var names = await inner.ListAsync(scope + folder, cancellation).ConfigureAwait(false);
        return scope.Length == 0 ? [.. names.Where(name => !IsOthers(name))] : [.. names.Select(name => name[scope.Length..])];
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellation) =>
        await inner.DeleteAsync(Within(name), cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync() => inner is IAsyncDisposable open ? open.DisposeAsync() : ValueTask.CompletedTask;

    // The environment knows no signs: there "customers-" leads where "customers/" does.
    private bool IsOthers(string name) =>
        (name + "/").StartsWith(others[..^1], StringComparison.Ordinal) && !char.IsAsciiLetterOrDigit((name + "/")[others.Length - 1]);

    private string Within(string name)
    {
        var whole = scope + SecretReference.To(name).Name;
        return scope.Length > 0 || !IsOthers(name) ? whole : throw new LinodeToolkitException(SecretProblems.Reserved(name, others));
    }
}
