namespace LinodeEmulator.Endpoints.V3;

/// <summary>Times of zones and their records, which are rounded up to one of a few. 0 is the usual one, and stays.</summary>
internal static class Seconds
{
    private static readonly int[] Steps = [0, 300, 3600, 7200, 14400, 28800, 57600, 86400, 172800, 345600, 604800, 1209600, 2419200];

    public static int? Read(V3Call call, string name) => call.Number(name) switch
    {
        null => null,
        < 0 => throw ApiV3Problem.Rule($"{name} must not be below 0"),
        { } seconds => Steps.FirstOrDefault(step => step >= seconds, Steps[^1]),
    };
}
