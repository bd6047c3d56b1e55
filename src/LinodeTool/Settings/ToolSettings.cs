using System.CommandLine;
using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeTool.Grammar;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>What holds for this call: option, environment, project file, profile, default, in that order.</summary>
internal sealed class ToolSettings
{
    private readonly IReadOnlyList<Layer> layers;

    private ToolSettings(string profile, IReadOnlyList<Layer> layers) => (Profile, this.layers) = (profile, layers);

    public string Profile { get; }

    public static ToolSettings Read(ToolHost host, GlobalOptions options, ParseResult parsed)
    {
        var user = UserFile(host, parsed.GetValue(options.Config));
        var profile = parsed.GetValue(options.Profile) ?? host.Variable("LINODETOOL_PROFILE") ?? user.Values.GetValueOrDefault(Keys.Profile)
            ?? Folders.DefaultProfile;
        if (!user.Profiles.TryGetValue(profile, out var own) && profile != Folders.DefaultProfile)
        {
            throw new LinodeToolkitException(SettingsProblems.UnknownProfile(profile, user.Path, [.. user.Profiles.Keys]));
        }

        return new ToolSettings(profile,
        [
            new("the command line", FromOptions(options, parsed)),
            new("the environment", FromEnvironment(host)),
            ProjectFile(host) is { } project ? new(project.Path, project.Values) : Layer.Empty,
            new($"profile {profile} of {user.Path}", own ?? new Dictionary<string, string>()),
            new(user.Path, user.Values),
        ]);
    }

    /// <summary>The value and where it comes from; null where nothing sets it.</summary>
    public (string Value, string Source)? Find(string key)
    {
        foreach (var layer in layers)
        {
            if (layer.Values.TryGetValue(key, out var value))
            {
                return (value, layer.Source);
            }
        }

        return null;
    }

    public string? Text(string key) => Find(key)?.Value;

    public bool Flag(string key) => Text(key) is { } text && text.ToLowerInvariant() is not ("" or "0" or "false" or "no" or "off");

    public int? Whole(string key, int least) => Find(key) is not { } found ? null
        : int.TryParse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number
        : throw new LinodeToolkitException(UsageProblems.BadValue(key, found.Value, $"a whole number from {least}") with { Where = found.Source });

    /// <summary>The secret that is named; null where nothing is.</summary>
    /// <exception cref="LinodeToolkitException">LCT7516: the value itself stands there.</exception>
    public SecretReference? Secret(string key) => Find(key) is not { } found ? null
        : SecretReference.IsReference(found.Value) ? SecretReference.Parse(found.Value)
        : throw new LinodeToolkitException(SettingsProblems.NoReference(key, found.Source));

    public decimal? Money(string key) => Find(key) is not { } found ? null
        : decimal.TryParse(found.Value.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount
        : throw new LinodeToolkitException(UsageProblems.BadValue(key, found.Value,
            "an amount in USD such as 120 or 99.50") with { Where = found.Source });

    public string Choice(string key, string otherwise, params IReadOnlyList<string> known) => Find(key) is not { } found ? otherwise
        : known.Contains(found.Value) ? found.Value
        : throw new LinodeToolkitException(
            UsageProblems.BadValue(key, found.Value, $"one of {string.Join(", ", known)}", known) with { Where = found.Source });

    private static Dictionary<string, string> FromOptions(GlobalOptions options, ParseResult parsed)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, option) in new (string, Option<string?>)[]
        {
            (Keys.Output, options.Output), (Keys.Color, options.Color), (Keys.Progress, options.Progress), (Keys.Parallelism, options.Parallelism),
            (Keys.MaxMonthlyCost, options.MaxMonthlyCost), (Keys.ApiUrl, options.ApiUrl), (Keys.Api, options.Api), (Keys.App, options.App),
            (Keys.Customer, options.Customer),
        })
        {
            if (parsed.GetValue(option) is { } value)
            {
                values[key] = value;
            }
        }

        if (Parsing.IsGiven(parsed, options.NoInput))
        {
            values[Keys.NoInput] = "true";
        }

        return values;
    }

    private static Dictionary<string, string> FromEnvironment(ToolHost host)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, variable) in new[]
        {
            (Keys.Api, "LINODETOOL_API"), (Keys.Output, "LINODETOOL_OUTPUT"), (Keys.Progress, "LINODETOOL_PROGRESS"), (Keys.NoInput, "LINODETOOL_NO_INPUT"),
            (Keys.Parallelism, "LINODETOOL_PARALLELISM"), (Keys.CertificateAuthority, "LINODE_CLI_CA"), (Keys.CertificateAuthority, "LINODE_CA"),
            (Keys.Remote, "LINODETOOL_REMOTE"), (Keys.SshConfig, "LINODETOOL_SSH_CONFIG"), (Keys.SshJump, "LINODETOOL_SSH_JUMP"),
            (Keys.SshWait, "LINODETOOL_SSH_WAIT"), (Keys.CloudWait, "LINODETOOL_CLOUD_WAIT"),
            (Keys.SecretStore, "LINODETOOL_SECRET_STORE"), (Keys.Inventory, InventorySettings.Variable), (Keys.Queue, QueueSettings.Variable),
            (Keys.VaultMount, "LINODETOOL_VAULT_MOUNT"), (Keys.VaultPrefix, "LINODETOOL_VAULT_PREFIX"), (Keys.VaultHosts, "LINODETOOL_VAULT_HOSTS"),
            (Keys.VaultAddress, "VAULT_ADDR"), (Keys.VaultNamespace, "VAULT_NAMESPACE"), (Keys.VaultCa, "VAULT_CACERT"),
            (Keys.VaultAddress, "BAO_ADDR"), (Keys.VaultNamespace, "BAO_NAMESPACE"), (Keys.VaultCa, "BAO_CACERT"),
        })
        {
            if (host.Variable(variable) is { } value)
            {
                values[key] = value;
            }
        }

        if (ApiAddress.FromEnvironment(host) is { } url)
        {
            values[Keys.ApiUrl] = url;
        }

        return values;
    }

    private static SettingsFile UserFile(ToolHost host, string? asked)
    {
        var named = asked ?? host.Variable("LINODETOOL_CONFIG");
        var path = named is null ? Folders.Of(host).ConfigFile : host.FullPath(named);
        return named is not null || File.Exists(path) ? SettingsFile.User(path, ReadText(path)) : SettingsFile.Empty(path);
    }

    private static SettingsFile? ProjectFile(ToolHost host)
    {
        for (var folder = host.Folder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, ".linodetool.yaml");
            if (File.Exists(path))
            {
                return SettingsFile.Project(path, ReadText(path));
            }
        }

        return null;
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(SettingsProblems.Unreadable(path, failure.Message), failure);
        }
    }

    private sealed record Layer(string Source, IReadOnlyDictionary<string, string> Values)
    {
        public static Layer Empty { get; } = new("", new Dictionary<string, string>());
    }
}
