using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Time;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Profiles
{
    private static readonly Filterable<SshKey> NoFields = new();

    public static void Map(RouteTable routes)
    {
        // Every token may look at its own profile.
        routes.Get("profile", "*", Show);
        routes.NotEmulated("account:read_write", "profile", "PUT");
        routes.List("profile/sshkeys", "account:read_only", call => call.Page(call.Cloud.Keys, NoFields, Wire, V4Json.Default.PageSshKeyWire));
        routes.Post("profile/sshkeys", "account:read_write", Create);
        routes.Get("profile/sshkeys/{sshKeyId}", "account:read_only", call => Reply.Json(Wire(Key(call)), V4Json.Default.SshKeyWire));
        routes.Put("profile/sshkeys/{sshKeyId}", "account:read_write", Update);
        routes.Delete("profile/sshkeys/{sshKeyId}", "account:read_write", Delete);
        routes.NotEmulated("account:read_write", "profile/tokens", "GET", "POST");
        routes.NotEmulated("account:read_only", "profile/grants", "GET");
    }

    private static SshKey Key(ApiCall call) => call.Row(call.Cloud.Keys, "sshKeyId");

    private static SshKeyWire Wire(SshKey row) => new(row.Id, row.Label, row.Text, ApiTime.Text(row.Created));

    private static EmulatorResponse Show(ApiCall call) => Reply.Json(
        new ProfileWire(
            Caller.Username,
            "user@emulator.invalid",
            "UTC",
            true,
            false,
            false,
            call.Caller.Restricted,
            "keys_only",
            [.. call.Cloud.Keys.Rows.Select(key => key.Text)],
            "password",
            1,
            null),
        V4Json.Default.ProfileWire);

    private static EmulatorResponse Create(ApiCall call)
    {
        var label = call.Body.RequiredText("label", 0, 64);
        var text = call.Body.RequiredText("ssh_key");
        if (text.Length > 0 && !Credentials.IsPublicKey(text))
        {
            call.Body.Fail("ssh_key", "SSH key is not valid");
        }

        call.Body.Done();
        var row = call.Cloud.Keys.Put(new SshKey(call.Cloud.Counters.Next("sshkey"), label, text.Trim(), call.Now));
        call.Cloud.Events.Notify("user_ssh_key_add", null, call.Now, call.User);
        return Reply.Json(Wire(row), V4Json.Default.SshKeyWire);
    }

    private static EmulatorResponse Update(ApiCall call)
    {
        var row = Key(call);
        var label = call.Body.Text("label", 0, 64);
        call.Body.Done();
        return Reply.Json(Wire(call.Cloud.Keys.Put(row with { Label = label ?? row.Label })), V4Json.Default.SshKeyWire);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        call.Cloud.Keys.Remove(Key(call).Id);
        call.Cloud.Events.Notify("user_ssh_key_delete", null, call.Now, call.User);
        return Reply.Empty;
    }
}
