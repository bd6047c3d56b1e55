using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>A secret whose name means something to the toolkit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Purpose">What it is for, in words.</param>
public sealed record KnownSecret(string Name, string Purpose);

/// <summary>The secrets whose names mean something; every other name is free.</summary>
public static class KnownSecrets
{
    /// <summary>Key of the first generation of the API.</summary>
    public const string ApiKey = "api-key";

    /// <summary>Personal access token.</summary>
    public const string PersonalToken = "personal-token";

    /// <summary>Token got by OAuth.</summary>
    public const string OauthToken = "oauth-token";

    /// <summary>What a token got by OAuth is renewed with; good once, and replaced each time.</summary>
    public const string OauthRefreshToken = "oauth-refresh-token";

    /// <summary>Client id for OAuth.</summary>
    public const string OauthClientId = "oauth-client-id";

    /// <summary>Client secret for OAuth.</summary>
    public const string OauthClientSecret = "oauth-client-secret";

    /// <summary>Password of root where a plan names none.</summary>
    public const string DefaultRootPassword = "default-root-password";

    /// <summary>Public SSH key for root where a plan names none.</summary>
    public const string DefaultRootSshPublicKey = "default-root-ssh-public-key";

    private const int ShortestPassword = 11;
    private const int LongestPassword = 128;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KnownSecret> All { get; } =
    [
        new(ApiKey, "key of version 3 of the API"),
        new(PersonalToken, "personal access token of version 4 of the API"),
        new(OauthToken, "token got by OAuth"),
        new(OauthRefreshToken, "what that token is renewed with, together with client id and secret"),
        new(OauthClientId, "client id for OAuth"),
        new(OauthClientSecret, "client secret for OAuth"),
        new(DefaultRootPassword, "password of root on new nodes where the plan names none"),
        new(DefaultRootSshPublicKey, "public SSH key of root on new nodes where the plan names none: a file path or the key"),
    ];

    /// <summary>Checks a value before it is stored and gives what to store.</summary>
    /// <remarks>That is the key a path leads to, a token without blanks around it, and every other value as it is.</remarks>
    /// <param name="name">Name of the secret.</param>
    /// <param name="value">What the user gave.</param>
    /// <param name="readFile">Text of the file at a path, or null where there is none; null reads from disk.</param>
    /// <exception cref="LinodeToolkitException">The name or the value cannot be right; nothing should be stored.</exception>
    public static Sensitive Accept(string name, string value, Func<string, string?>? readFile = null) => SecretReference.To(name).Name switch
    {
        DefaultRootSshPublicKey => new(PublicKey(value, readFile ?? KeyFile.Read).ToString()),
        DefaultRootPassword => Password(value),
        ApiKey or PersonalToken or OauthToken or OauthRefreshToken or OauthClientId or OauthClientSecret => Token(name, value.Trim()),
        _ => value.Length > 0 ? new(value) : throw new LinodeToolkitException(SecretProblems.BadToken(name, "it is empty")),
    };

    private static SshPublicKey PublicKey(string value, Func<string, string?> readFile)
    {
        if (SshPublicKey.LooksLikeKey(value) || SshPublicKey.IsPrivate(value))
        {
            return SshPublicKey.Parse(value, "the value given");
        }

        return value.Length > 0 && readFile(value) is { } text
            ? SshPublicKey.Parse(text, value)
            : throw new LinodeToolkitException(SecretProblems.NoSuchFile(DefaultRootSshPublicKey, value));
    }

    private static Sensitive Token(string name, string value) =>
        value.Length == 0 ? throw new LinodeToolkitException(SecretProblems.BadToken(name, "it is empty"))
        : value.All(sign => sign is > ' ' and < (char)127) ? new(value)
        : throw new LinodeToolkitException(SecretProblems.BadToken(name, "it holds a blank, a line break or a character outside ASCII"));

    private static Sensitive Password(string value)
    {
        var classes = new Func<char, bool>[] { char.IsLower, char.IsUpper, char.IsDigit, sign => !char.IsLetterOrDigit(sign) }.Count(value.Any);
        return value.Length is < ShortestPassword or > LongestPassword
            ? throw new LinodeToolkitException(SecretProblems.WeakPassword(DefaultRootPassword, $"it has {value.Length} characters"))
            : classes < 2
                ? throw new LinodeToolkitException(SecretProblems.WeakPassword(DefaultRootPassword, "it uses one kind of character only"))
                : new(value);
    }
}
