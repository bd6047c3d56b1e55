using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>What can be wrong with accounts, their keys, and the way in by SSH.</summary>
internal static class AccountProblems
{
    public const string TooManyCode = "LCT2081";
    public const string ReservedNameCode = "LCT2100";

    public static Problem ReservedName(string name, string why) =>
        new(ReservedNameCode, $"\"{name}\" cannot be an account or group of a plan", Why: why, Fix: ["choose another name"]);

    public static Problem TooManyNetworks(int found, int most) => new(TooManyCode, $"{found} networks are let in, more than {most}",
        Why: "a rule of the Cloud Firewall holds no more", Fix: ["say wider networks"]);
}
