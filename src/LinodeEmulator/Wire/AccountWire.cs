using System.Text.Json.Serialization;

namespace LinodeEmulator.Wire;

internal sealed record AccountWire(
    string FirstName, string LastName, string Email, string Company, string Phone, [property: JsonPropertyName("address_1")] string Address1,
    [property: JsonPropertyName("address_2")] string Address2, string City, string State, string Country, string Zip, string TaxId, decimal Balance,
    decimal BalanceUninvoiced,
    IReadOnlyList<string> Capabilities, string Euuid, string ActiveSince, string BillingSource, CreditCardWire CreditCard,
    IReadOnlyList<string> ActivePromotions);

internal sealed record CreditCardWire(string? LastFour, string? Expiry);

internal sealed record SettingsWire(
    bool Managed, bool NetworkHelper, string? LongviewSubscription, bool BackupsEnabled, string ObjectStorage, string InterfacesForNewLinodes,
    string MaintenancePolicy);

internal sealed record ProfileWire(
    string Username, string Email, string Timezone, bool EmailNotifications, bool IpWhitelistEnabled, bool TwoFactorAuth, bool Restricted,
    string LishAuthMethod,
    IReadOnlyList<string> AuthorizedKeys, string AuthenticationType, int Uid, string? VerifiedPhoneNumber);

internal sealed record SshKeyWire(long Id, string Label, string SshKey, string Created);
