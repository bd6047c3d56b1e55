using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Problems more than one place of this room meets.</summary>
internal static class ApiProblems
{
    public static Problem AnswerLost(string call, string why) => new(
        "LCT5006", "the answer got lost: the call may have had its effect", call, why,
        ["look what is there, by its label, before doing it again"])
    { Retryable = true };

    public static Problem NotRenewed(Uri login, string why) => new(
        "LCT3013", "the OAuth token has run out and could not be renewed", login.ToString(), why,
        ["try again", "check the secrets oauth-client-id and oauth-client-secret"]);

    public static Problem InsecureAddress(Uri url) => new(
        "LCT1050", $"the API's address {url.GetLeftPart(UriPartial.Authority)} is not safe", Why: "a token must not travel unencrypted",
        Fix: ["use https", "plain http is for this machine only, e.g. http://127.0.0.1:8080/"]);
}
