using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Secrets.Age;

/// <summary>The text an age file begins with, for a file that one passphrase opens.</summary>
/// <remarks>
/// Raw shape, lines ended by LF, base64 without padding:
/// <code>
/// age-encryption.org/v1
/// -> scrypt SALT LOGN
/// WRAPPED-FILE-KEY
/// --- MAC
/// </code>
/// </remarks>
/// <param name="Salt">16 bytes.</param>
/// <param name="WorkFactor">Logarithm of scrypt's cost.</param>
/// <param name="Wrapped">The file key, sealed with what scrypt makes of the passphrase.</param>
/// <param name="Mac">Over everything up to the three dashes.</param>
internal sealed record AgeHeader(byte[] Salt, int WorkFactor, byte[] Wrapped, byte[] Mac)
{
    public const int SaltLength = 16;
    public const int WrappedLength = 32;
    public const int MacLength = 32;

    /// <summary>Lower ones can be tried through too quickly: nobody writes them but to weaken a file.</summary>
    public const int LeastWorkFactor = 12;

    /// <summary>2²⁰ takes a gigabyte of memory; more is there to bring the reader down.</summary>
    public const int MostWorkFactor = 20;

    private const string Version = "age-encryption.org/v1";
    private const string Stanza = "-> ";
    private const string End = "---";

    /// <summary>What the MAC is computed over.</summary>
    public byte[] Authenticated =>
        Encoding.ASCII.GetBytes($"{Version}\n{Stanza}scrypt {AgeText.Write(Salt)} {WorkFactor}\n{AgeText.Write(Wrapped)}\n{End}");

    /// <summary>The header as bytes; there is no other way to write the same.</summary>
    public byte[] ToBytes() => [.. Authenticated, .. Encoding.ASCII.GetBytes($" {AgeText.Write(Mac)}\n")];

    /// <summary>Reads the header of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it is, for problems.</param>
    /// <param name="length">Bytes of the header; the payload follows.</param>
    /// <exception cref="LinodeToolkitException">It is none, or not one to be used.</exception>
    public static AgeHeader Read(ReadOnlySpan<byte> file, string path, out int length)
    {
        var known = Encoding.ASCII.GetBytes(Version + "\n");
        if (!known.AsSpan().StartsWith(file[..Math.Min(file.Length, known.Length)]))
        {
            throw NotAge(path, file.StartsWith("-----"u8) ? "it is in the armoured form" : "its first line is not that of version 1");
        }

        var lines = new AgeLines(file, path);
        _ = lines.Next("a version");

        var first = lines.Next("a recipient");
        if (!first.StartsWith(Stanza, StringComparison.Ordinal))
        {
            throw NotAge(path, "it names no recipient");
        }

        var arguments = first[Stanza.Length..].Split(' ');
        if (arguments[0] != "scrypt")
        {
            throw new LinodeToolkitException(AgeProblems.OtherRecipients(path));
        }

        var header = new AgeHeader(
            Bytes(arguments.ElementAtOrDefault(1), SaltLength, path, "the salt"), Factor(arguments, path),
            Bytes(lines.Next("a file key"), WrappedLength, path, "the file key"), []);
        var last = lines.Next("an end");
        if (last.StartsWith(Stanza, StringComparison.Ordinal))
        {
            throw new LinodeToolkitException(AgeProblems.OtherRecipients(path));
        }

        if (!last.StartsWith(End + ' ', StringComparison.Ordinal))
        {
            throw NotAge(path, "its header has no end");
        }

        length = lines.Read;
        return header with { Mac = Bytes(last[(End.Length + 1)..], MacLength, path, "the header's MAC") };
    }

    private static int Factor(string[] arguments, string path)
    {
        // As in "17": a sign, a leading zero or a blank would be another way to write the same.
        if (arguments.Length != 3 || arguments[2] is not [>= '1' and <= '9', ..] || !arguments[2].All(char.IsAsciiDigit))
        {
            throw NotAge(path, "its work factor is not a number");
        }

        var factor = int.TryParse(arguments[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return factor > MostWorkFactor ? throw new LinodeToolkitException(AgeProblems.Excessive(path, arguments[2]))
            : factor < LeastWorkFactor ? throw new LinodeToolkitException(AgeProblems.Downgraded(path, factor))
            : factor;
    }

    private static byte[] Bytes(string? text, int length, string path, string what) =>
        AgeText.Read(text ?? "") is { } bytes && bytes.Length == length ? bytes : throw NotAge(path, $"{what} is not {length} bytes in base64");

    private static LinodeToolkitException NotAge(string path, string why) => new(AgeProblems.NotAge(path, why));
}
