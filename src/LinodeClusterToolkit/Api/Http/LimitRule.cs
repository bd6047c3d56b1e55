namespace LinodeClusterToolkit.Api.Http;

/// <summary>A limit, in force until the API's own headers tell better.</summary>
/// <param name="Calls">Requests a window takes.</param>
/// <param name="Window">How long a window lasts from its first request on.</param>
/// <param name="HeaderMayRaise">Whether a higher <c>X-RateLimit-Limit</c> is believed.</param>
internal sealed record LimitRule(int Calls, TimeSpan Window, bool HeaderMayRaise = true)
{
    // Answers to lists have long told the far higher general limit (1,840), never the documented 200: there a raise says nothing.
    public static LimitRule Of(LimitClass limit) => limit switch
    {
        LimitClass.CreateLinode => new(20, TimeSpan.FromSeconds(15)),
        LimitClass.List => new(200, TimeSpan.FromMinutes(1), HeaderMayRaise: false),
        LimitClass.CreateVolume => new(100, TimeSpan.FromMinutes(1)),
        LimitClass.ListImages => new(20, TimeSpan.FromMinutes(1)),
        LimitClass.ListStackScripts => new(60, TimeSpan.FromMinutes(1)),
        // No number is known. A client that was long used in production (snapcore/spread) kept to 10 a second; it still met a 503 at times.
        LimitClass.V3 => new(10, TimeSpan.FromSeconds(1)),
        _ => new(1600, TimeSpan.FromMinutes(1)),
    };
}
