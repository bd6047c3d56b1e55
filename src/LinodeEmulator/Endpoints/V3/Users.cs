using System.Text.Json.Nodes;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>Keys. The emulator's only user has no password, so any is right that is not empty; where there are several accounts, each has a user of
/// its name.</summary>
internal static class Users
{
    private const string GetApiKey = "user.getapikey";
    private const int LongestLife = 8760;

    public static void Map(ActionTable actions) => actions.Add(
        new V3Action(
            GetApiKey,
            "Gives a key to who has a name and a password",
            Give,
            [Str("username").Required, Str("password").Required, Str("token"), Num("expires", 168), Str("label")])
        {
            Key = KeyUse.None,
            Throws = "AUTHFAIL,NEEDTOKEN,PASSWORDEXPIRED,KEYLIMIT",
            IsForBatch = false,
        });

    public static bool AsksForKey(SentParameters sent) => sent.Action.Equals(GetApiKey, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Give(V3Call call)
    {
        var name = call.Text("username");
        if (name != (call.Cloud.Seat is { } seat ? seat.Name : Caller.Username) || call.Text("password").Length == 0)
        {
            throw new ApiV3Problem(ErrorCode.AuthenticationFailed);
        }

        var hours = call.Within("expires", 0, LongestLife)!.Value;
        return new JsonObject
        {
            ["USERNAME"] = name,
            ["API_KEY"] = call.Login.Give(hours == 0 ? null : TimeSpan.FromHours(hours)),
        };
    }
}
