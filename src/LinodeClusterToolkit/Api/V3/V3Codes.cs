namespace LinodeClusterToolkit.Api.V3;

/// <summary>Numbers of <c>ERRORARRAY</c>, and their names in capitals where the API's own description has one.</summary>
internal static class V3Codes
{
    public const int AuthenticationFailed = 4;
    public const int NotFound = 5;
    public const int Invalid = 8;
    public const int BatchTooLarge = 10;
    public const int BatchUnreadable = 11;
    public const int BatchOutOfTime = 12;
    public const int RateLimited = 14;

    public static string Name(int code) => code switch
    {
        0 => "ok",
        1 => "bad request",
        2 => "no action",
        3 => "no such class",
        AuthenticationFailed => "AUTHFAIL",
        NotFound => "NOTFOUND",
        6 => "property missing",
        7 => "property invalid",
        Invalid => "VALIDATION",
        9 => "no such method",
        BatchTooLarge => "batch too large",
        BatchUnreadable => "batch unreadable",
        BatchOutOfTime => "batch out of time",
        13 => "NOACCESS",
        RateLimited => "rate limit",
        15 => "ACCOUNTLIMIT",
        30 => "CCFAILED",
        31 => "CCEXPIRED",
        40 => "LINODELIMITER",
        41 => "LINODENOTEMPTY",
        42 => "STACKSCRIPTLIMIT",
        44 => "NEEDTOKEN",
        443 => "fatal",
        _ => "a code without a name",
    };
}
