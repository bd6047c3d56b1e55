using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Accounts
{
    private static readonly string[] Capabilities =
        ["Linodes", "NodeBalancers", "Block Storage", "Cloud Firewall", "StackScripts", "Metadata", "Disk Encryption"];

    public static void Map(RouteTable routes)
    {
        routes.Get("account", "account:read_only", call => Reply.Json(Contact(call.Cloud.Seat), V4Json.Default.AccountWire));
        routes.NotEmulated("account:read_write", "account", "PUT");
        routes.Get("account/settings", "account:read_only", ShowSettings);
        routes.Put("account/settings", "account:read_write", UpdateSettings);
    }

    /// <summary>Nobody in particular. There is no telling how many Linodes the account may have: that shows only when it has them.</summary>
    private static AccountWire Contact(AccountSeat? seat) => new(
        seat?.Name ?? "Emulated", "Account", "account@emulator.invalid", "", "", "", "", "", "", "US", "", "", 0, 0, Capabilities,
        $"00000000-0000-0000-0000-{(seat?.Share.Number ?? 0) + 1:D12}", "2017-01-01T00:00:00",
        "akamai", new CreditCardWire(null, null), []);

    private static EmulatorResponse ShowSettings(ApiCall call)
    {
        var account = call.Cloud.Account;
        return Reply.Json(
            new SettingsWire(
                false, account.NetworkHelper, null, account.BackupsEnabled, "disabled", account.InterfacesForNewLinodes, account.MaintenancePolicy),
            V4Json.Default.SettingsWire);
    }

    private static EmulatorResponse UpdateSettings(ApiCall call)
    {
        var (body, account) = (call.Body, call.Cloud.Account);
        var changed = account with
        {
            NetworkHelper = body.Flag("network_helper") ?? account.NetworkHelper,
            BackupsEnabled = body.Flag("backups_enabled") ?? account.BackupsEnabled,
            MaintenancePolicy = body.OneOf("maintenance_policy", "linode/migrate", "linode/power_off_on") ?? account.MaintenancePolicy,
        };
        body.NotEmulated("interfaces_for_new_linodes", "longview_subscription");
        body.Ignore("managed", "object_storage");
        body.Done();
        call.Cloud.Account = changed;
        return ShowSettings(call);
    }
}
