using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>A token and where it was found, for the preview.</summary>
internal sealed record FoundToken(Sensitive Token, string Source);

/// <summary>Looks for the token where people keep it, nearest first.</summary>
internal sealed class TokenFinder(ToolHost host, string profile, Func<string, Sensitive?> secret)
{
    private static readonly string[] Secrets = ["personal-token", "oauth-token"];
    private FoundToken? found;

    /// <summary>Variables that hold one.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["LINODETOOL_TOKEN", "LINODE_TOKEN", "LINODE_CLI_TOKEN"];

    /// <exception cref="LinodeToolkitException">LCT3001: there is none.</exception>
    public FoundToken Find() => found ??= Candidates().FirstOrDefault()
        ?? throw new LinodeToolkitException(SettingsProblems.NoToken(
            profile, [.. Variables, "the secret store", $"linode-cli's config ({LinodeCliConfig.PathOf(host)})", "LINODE_CONFIG"]));

    private IEnumerable<FoundToken> Candidates()
    {
        foreach (var name in Variables)
        {
            if (host.Variable(name) is { } value)
            {
                yield return new(new Sensitive(value.Trim()), name);
            }
        }

        foreach (var name in Secrets)
        {
            if (secret(name) is { } value)
            {
                yield return new(value, $"secret {name} (profile {profile})");
            }
        }

        if (LinodeCliConfig.Read(host) is { Token: { } cli, Path: var path })
        {
            yield return new(cli, $"linode-cli's config {path}");
        }

        if (LinodeCliConfig.GoLibraryToken(host) is { } go)
        {
            yield return new(go, "LINODE_CONFIG");
        }
    }
}
