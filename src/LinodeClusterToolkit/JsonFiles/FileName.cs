using System.Security.Cryptography;
using System.Text;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Makes names of files: readable where they can be, and never one name for two texts, also where a file system knows no case.</summary>
internal static class FileName
{
    // Far below what file systems take, so that there is room for what stands around it.
    private const int Longest = 150;
    private const int KeptOfLong = 100;

    // Windows takes these for devices, with any ending.
    private static readonly HashSet<string> Devices =
    [
        "con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" }),
    ];

    /// <summary>The name for a text: <c>us-east.db.1</c> for <c>us-east/db/1</c>; what is not a-z, 0-9, '-', '_' or '/' is written in hex.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        foreach (var sign in Encoding.UTF8.GetBytes(text))
        {
            name.Append(sign switch
            {
                (byte)'/' when name.Length > 0 => ".",
                (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_' => $"{(char)sign}",
                _ => $"%{sign:x2}",
            });
        }

        // "%" alone and "%-" come of no sign, so neither is the name of another text.
        var whole = name.ToString();
        return whole.Length switch
        {
            0 => "%",
            > Longest => $"{whole[..KeptOfLong]}%-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}",
            _ => Devices.Contains(whole.Split('.')[0]) ? $"%{(byte)whole[0]:x2}{whole[1..]}" : whole,
        };
    }
}
