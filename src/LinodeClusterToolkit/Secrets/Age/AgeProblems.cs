using System.Globalization;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Secrets.Age;

/// <summary>Why an encrypted file is not opened; nothing is written then.</summary>
internal static class AgeProblems
{
    private const string Backup = "put a copy of the file from before in its place";

    public static Problem WrongPassphrase(string path) => new(
        "LCT7212", $"the passphrase does not open {path}", Where: path, Why: "it is another one, or the head of the file was changed",
        Fix: ["give the passphrase the file was written with", Backup]);

    public static Problem NotAge(string path, string why) => new(
        "LCT7213", $"{path} is not an age file of this toolkit", Where: path, Why: why,
        Fix: [Backup, "or move it away, and store the secrets again"]);

    public static Problem Truncated(string path) => new(
        "LCT7214", $"{path} ends too early", Where: path, Why: "its end is missing, so what it holds may be missing too", Fix: [Backup]);

    public static Problem Changed(string path) => new(
        "LCT7215", $"{path} is not as it was written", Where: path, Why: "it was changed, or cut short; nothing in it can be trusted", Fix: [Backup]);

    public static Problem Downgraded(string path, int workFactor) => new(
        "LCT7216", $"{path} is protected too weakly to be trusted", Where: path,
        Why: string.Create(CultureInfo.InvariantCulture, $"its work factor is {workFactor}, and none below {AgeHeader.LeastWorkFactor} is accepted"),
        Fix: [Backup]);

    public static Problem Excessive(string path, string workFactor) => new(
        "LCT7217", $"opening {path} would take more memory than is given to it", Where: path,
        Why: $"its work factor is {workFactor[..Math.Min(workFactor.Length, 20)]}, and none above {AgeHeader.MostWorkFactor} is accepted",
        Fix: ["encrypt it again with less: age -d, then age -p", Backup]);

    public static Problem OtherRecipients(string path) => new(
        "LCT7218", $"{path} is not for a passphrase alone", Where: path, Why: "its recipients are keys, or more than one",
        Fix: ["encrypt it again with a passphrase: age -d, then age -p"]);

    public static Problem NoCipher() => new(
        "LCT7219", "this system has no ChaCha20-Poly1305, which encrypted secrets need", Where: "secret store",
        Why: "the cryptographic library of the system is too old or leaves it out", Fix: ["use OpenSSL 1.1 or later", "or the secret store plain"]);
}
