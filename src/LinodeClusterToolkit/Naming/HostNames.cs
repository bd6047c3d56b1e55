namespace LinodeClusterToolkit.Naming;

/// <summary>What RFC 1123 takes as the name of a host.</summary>
internal static class HostNames
{
    private const int MostOfWhole = 253;
    private const int MostOfPart = 63;

    /// <summary>Why a name is not a host's, as a clause; null where it is one.</summary>
    public static string? Fault(string name) =>
        name.Length is 0 or > MostOfWhole ? $"a host name has 1 to {MostOfWhole} characters, this one {name.Length}"
        : name.Split('.').Select(FaultOfPart).FirstOrDefault(fault => fault is not null);

    /// <summary>A host name made from a legal node label, which may hold an underscore and be one character too long.</summary>
    public static string FromLabel(string label)
    {
        var name = label.Replace('_', '-');
        return Fault(name) is null ? name : HostPart.Hashed(label);
    }

    private static LabelRule HostPart { get; } = new("host", 1, MostOfPart, "-");

    private static string? FaultOfPart(string part) =>
        part.Length is 0 or > MostOfPart ? $"between the dots of a host name stand 1 to {MostOfPart} characters"
        : !part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? "a host name has only letters, digits, hyphens and dots"
        : part.StartsWith('-') || part.EndsWith('-') ? "no part of a host name begins or ends with a hyphen"
        : null;
}
