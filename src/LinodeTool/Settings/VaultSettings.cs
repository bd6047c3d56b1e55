using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets.Vault;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>Which Vault keeps the secrets, by the variables its own command line knows; tokens and ids come from the environment alone.</summary>
internal static class VaultSettings
{
    private const string UsualPrefix = "linodetool";
    private static readonly string[] Hidden = ["TOKEN", "SECRET_ID", "WRAPPED_SECRET_ID"];

    /// <summary>Variables that hold a secret.</summary>
    public static IReadOnlyList<string> Variables { get; } = [.. Hidden.Select(name => $"BAO_{name}"), .. Hidden.Select(name => $"VAULT_{name}")];

    /// <summary>What the toolkit is told.</summary>
    /// <param name="host">This machine.</param>
    /// <param name="settings">What holds for this call.</param>
    /// <param name="emulator">Whether the call is for the emulator, whose secrets are to be kept apart.</param>
    /// <exception cref="LinodeToolkitException">Address, token or ids are missing, or the address is none.</exception>
    public static VaultOptions Of(ToolHost host, ToolSettings settings, bool emulator)
    {
        var (text, source) = settings.Find(Keys.VaultAddress) ?? throw new LinodeToolkitException(SettingsProblems.NoVault(settings.Profile));
        var address = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            ? url
            : throw new LinodeToolkitException(SettingsProblems.NotVault(text, source));

        // As folders do: each profile has secrets of its own, and so has the emulator.
        var prefix = settings.Text(Keys.VaultPrefix) ?? $"{UsualPrefix}/{settings.Profile}";
        return new()
        {
            Address = address,
            Auth = Auth(host) ?? throw new LinodeToolkitException(SettingsProblems.NoVaultToken(address.GetLeftPart(UriPartial.Authority))),
            Mount = settings.Text(Keys.VaultMount) ?? "secret",
            Prefix = emulator ? $"{prefix}-emulator" : prefix,
            Namespace = settings.Text(Keys.VaultNamespace),
            CaFile = settings.Text(Keys.VaultCa) is { } file ? host.FullPath(file) : null,
            Hosts = settings.Text(Keys.VaultHosts)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    private static VaultAuth? Auth(ToolHost host)
    {
        if (Variable(host, "TOKEN") is { Length: > 0 } token)
        {
            return new VaultToken(new(token));
        }

        if (Variable(host, "ROLE_ID") is not { } role)
        {
            return null;
        }

        return Variable(host, "SECRET_ID") is { } secret ? new VaultAppRole(new(role), new(secret))
            : Variable(host, "WRAPPED_SECRET_ID") is { } wrapped ? new VaultAppRole(new(role), new(wrapped)) { IsWrapped = true }
            : null;
    }

    // OpenBao's own names come first, as it has them.
    private static string? Variable(ToolHost host, string name) => (host.Variable($"BAO_{name}") ?? host.Variable($"VAULT_{name}"))?.Trim();
}
