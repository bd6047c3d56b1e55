using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Secrets;

namespace LinodeTool.Settings;

/// <summary>Where what opens the API is looked for.</summary>
/// <param name="Variables">Variables that hold one.</param>
/// <param name="Secrets">Secrets that are one.</param>
/// <param name="OfOtherTools">Whether the files of other tools hold one.</param>
/// <param name="Fix">What to do where there is none.</param>
internal sealed record TokenPlaces(IReadOnlyList<string> Variables, IReadOnlyList<string> Secrets, bool OfOtherTools, string Fix)
{
    /// <summary>Of a token of version 4.</summary>
    public static TokenPlaces V4 { get; } = new(
        ["LINODETOOL_TOKEN", "LINODE_TOKEN", "LINODE_CLI_TOKEN"], [KnownSecrets.PersonalToken, KnownSecrets.OauthToken], OfOtherTools: true,
        "linodetool secret set personal-token -      (create one in Cloud Manager: API Tokens, scope Linodes read/write)");

    /// <summary>Of a key of version 3.</summary>
    public static TokenPlaces V3 { get; } = new(
        ["LINODETOOL_API_KEY", "LINODE_API_KEY"], [KnownSecrets.ApiKey], OfOtherTools: false, "linodetool secret set api-key -      (a key of version 3)");

    public static TokenPlaces Of(ApiGeneration api) => api == ApiGeneration.V3 ? V3 : V4;
}
