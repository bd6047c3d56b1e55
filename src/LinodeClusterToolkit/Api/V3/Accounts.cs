using System.Text.Json.Serialization;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Has texts sent back, their names in capitals: the cheapest check of a key.</summary>
public sealed record TestEcho(IReadOnlyDictionary<string, string> Texts)
    : V3Operation<IReadOnlyDictionary<string, string>>("test.echo", V3Effect.Looks, V3Json.Default.IReadOnlyDictionaryStringString, Named(Texts))
{
    private static V3Parameters Named(IReadOnlyDictionary<string, string> texts)
    {
        var parameters = new V3Parameters();
        foreach (var (name, text) in texts)
        {
            parameters.Add(name, text);
        }

        return parameters;
    }
}

/// <summary>What the account has used and owes.</summary>
public sealed record GetAccount() : V3Operation<AccountReply>("account.info", V3Effect.Looks, V3Json.Default.AccountReply);

/// <summary>Makes an API key for a user by name and password; <c>Expires</c> in hours, 0 for never.</summary>
public sealed record GetApiKey(string UserName, Sensitive Password, Sensitive? Token = null, int? Expires = null, string? Label = null)
    : V3Operation<ApiKeyReply>("user.getapikey", V3Effect.Makes, V3Json.Default.ApiKeyReply, new()
    {
        { "username", UserName }, { "password", Password }, { "token", Token }, { "expires", Expires }, { "label", Label },
    })
{
    /// <inheritdoc/>
    public override bool Gathers => false;

    /// <inheritdoc/>
    public override bool Public => true;

    internal override bool TakesKey => false;
}

/// <summary>An account as the wire has it: transfer in GB.</summary>
public sealed record AccountReply(
    [property: JsonPropertyName("ACTIVE_SINCE")] DateTimeOffset? ActiveSince = null,
    [property: JsonPropertyName("TRANSFER_POOL")] int? TransferPool = null,
    [property: JsonPropertyName("TRANSFER_USED")] int? TransferUsed = null,
    [property: JsonPropertyName("TRANSFER_BILLABLE")] int? TransferBillable = null,
    [property: JsonPropertyName("BILLING_METHOD")] string? BillingMethod = null, bool? Managed = null, decimal? Balance = null);

/// <summary>A key that was made.</summary>
public sealed record ApiKeyReply(
    [property: JsonPropertyName("API_KEY"), JsonConverter(typeof(SecretText))] Sensitive ApiKey, string UserName = "");
