using System.Text.RegularExpressions;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Commands;

/// <summary>Which names secrets may have.</summary>
internal static partial class SecretNames
{
    public const string PublicKey = "default-root-ssh-public-key";

    public static IReadOnlyList<string> Known { get; } =
        ["personal-token", "api-key", "oauth-token", "oauth-client-id", "oauth-client-secret", "default-root-password", PublicKey];

    public static string Check(string name) => Form().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal)
        ? name
        : throw new LinodeToolkitException(CommandProblems.BadSecretName(name));

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._/-]{0,199}\z")]
    private static partial Regex Form();
}
