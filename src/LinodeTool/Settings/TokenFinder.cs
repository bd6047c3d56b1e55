using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>A token and where it was found, for the preview.</summary>
/// <param name="Token">The token.</param>
/// <param name="Source">Where it was, in words.</param>
/// <param name="Secret">Name of the secret it is, or null.</param>
internal sealed record FoundToken(Sensitive Token, string Source, string? Secret = null);

/// <summary>Looks for the token where people keep it, nearest first.</summary>
/// <param name="host">This machine.</param>
/// <param name="profile">The profile in use.</param>
/// <param name="named">The secret that the configuration names, as <c>token: secret:NAME</c>, or null.</param>
/// <param name="secret">Value of a secret, or null.</param>
/// <param name="places">Where else it may be.</param>
internal sealed class TokenFinder(
    ToolHost host, string profile, SecretReference? named, Func<string, Sensitive?> secret, TokenPlaces places)
{
    private FoundToken? found;

    /// <exception cref="LinodeToolkitException">LCT3001: there is none.</exception>
    public FoundToken Find() => TryFind()
        ?? throw new LinodeToolkitException(SettingsProblems.NoToken(
            profile, places,
            [
                .. places.Variables, "the secret store",
                .. places.OfOtherTools ? (string[])[$"linode-cli's config ({LinodeCliConfig.PathOf(host)})", "LINODE_CONFIG"] : [],
            ]));

    /// <summary>The token, or null where there is none.</summary>
    public FoundToken? TryFind() => found ??= Candidates().FirstOrDefault();

    private IEnumerable<FoundToken> Candidates()
    {
        foreach (var name in places.Variables)
        {
            if (host.Variable(name) is { } value)
            {
                yield return new(new Sensitive(value.Trim()), name);
            }
        }

        if (named is not null)
        {
            var value = secret(named.Name) ?? throw new LinodeToolkitException(SettingsProblems.NoNamedToken(named, profile));
            yield return new(value, $"secret {named.Name} (profile {profile})", named.Name);
        }

        foreach (var name in places.Secrets)
        {
            if (secret(name) is { } value)
            {
                yield return new(value, $"secret {name} (profile {profile})", name);
            }
        }

        if (!places.OfOtherTools)
        {
            yield break;
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
