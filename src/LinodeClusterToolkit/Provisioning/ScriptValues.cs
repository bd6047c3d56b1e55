using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>What a plan gives its StackScript, with secrets in the place of their names.</summary>
internal static class ScriptValues
{
    /// <summary>The values by field.</summary>
    /// <exception cref="LinodeToolkitException">A secret is not in its store.</exception>
    public static async Task<IReadOnlyDictionary<string, Sensitive>> RevealAsync(
        Riders riders, ISecretStore secrets, CancellationToken cancellation)
    {
        var values = new Dictionary<string, Sensitive>(StringComparer.Ordinal);
        foreach (var (name, value) in riders.StackScript?.With ?? new Dictionary<string, string>())
        {
            values[name] = SecretReference.IsReference(value)
                ? await secrets.GetAsync(SecretReference.Parse(value), cancellation).ConfigureAwait(false)
                : new(value);
        }

        return values;
    }
}
