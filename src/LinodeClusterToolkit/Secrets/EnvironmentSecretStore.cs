using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Reads secrets that whoever starts the program put into its environment, and writes none.</summary>
/// <remarks>The secret <c>db/root-password</c> is the variable <c>LINODETOOL_SECRET_DB_ROOT_PASSWORD</c>.</remarks>
internal sealed class EnvironmentSecretStore(Func<IReadOnlyDictionary<string, string>> variables) : ISecretStore
{
    private const string Prefix = "LINODETOOL_SECRET_";

    public string Scheme => "environment";

    public string Description => $"the environment ({Prefix}…)";

    // Nothing is written while the program runs, so there is one version only.
    public async Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        return variables().TryGetValue(VariableOf(name), out var value) ? new(new(value), "set") : null;
    }

    public Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation) => RefuseAsync(name);

    public Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation) => RefuseAsync(name);

    // Which sign an underline stands for cannot be known: the name with dashes leads to the same variable.
    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>(
    [
        .. variables().Keys.Where(variable => variable.StartsWith(Variable(folder), StringComparison.Ordinal))
            .Select(variable => folder + variable[Variable(folder).Length..].ToLowerInvariant().Replace('_', '-'))
            .Where(SecretReference.IsName).Order(StringComparer.Ordinal),
    ]);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellation) => RefuseAsync(name);

    private static string VariableOf(string name) => Variable(SecretReference.To(name).Name);

    private static string Variable(string begin) =>
        Prefix + string.Concat(begin.Select(sign => char.IsAsciiLetterOrDigit(sign) ? char.ToUpperInvariant(sign) : '_'));

    private static async Task<bool> RefuseAsync(string name)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        throw new LinodeToolkitException(SecretProblems.ReadOnly(name, VariableOf(name)));
    }
}
