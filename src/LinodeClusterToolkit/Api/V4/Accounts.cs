namespace LinodeClusterToolkit.Api.V4;

/// <summary>The account.</summary>
public sealed record GetAccount() : V4Operation<AccountReply>(HttpMethod.Get, $"account", V4Json.Default.AccountReply);

/// <summary>Settings of the account; some change what a create does.</summary>
public sealed record GetAccountSettings()
    : V4Operation<AccountSettingsReply>(HttpMethod.Get, $"account/settings", V4Json.Default.AccountSettingsReply);

/// <summary>The user a token belongs to.</summary>
public sealed record GetProfile() : V4Operation<ProfileReply>(HttpMethod.Get, $"profile", V4Json.Default.ProfileReply);

/// <summary>An account as the wire has it; balance in US dollars.</summary>
public sealed record AccountReply(string? Euuid = null, string? Email = null, decimal? Balance = null, IReadOnlyList<string>? Capabilities = null);

/// <summary>Settings of an account as the wire has them.</summary>
public sealed record AccountSettingsReply(bool Managed = false, bool? NetworkHelper = null, bool BackupsEnabled = false);

/// <summary>A user as the wire has it.</summary>
public sealed record ProfileReply(string Username, string? Email = null, bool Restricted = false, string? Timezone = null);
