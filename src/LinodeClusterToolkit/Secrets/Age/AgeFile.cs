using System.Buffers.Binary;
using System.Security.Cryptography;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Secrets.Age;

/// <summary>Files in the format of age, version 1 (age-encryption.org/v1): what one writes, its program opens, and the other way round.</summary>
internal static class AgeFile
{
    private const int ChunkLength = 64 * 1024;
    private const int TagLength = 16;
    private const int NonceLength = 16;

    /// <summary>Whether this system has the cipher.</summary>
    public static bool IsSupported => ChaCha20Poly1305.IsSupported;

    /// <summary>The file that holds a content.</summary>
    /// <param name="key">Made for this file.</param>
    /// <param name="content">What it is to hold.</param>
    public static byte[] Seal(AgeKey key, ReadOnlySpan<byte> content)
    {
        var chunks = Math.Max(1, (content.Length + ChunkLength - 1) / ChunkLength);
        var start = key.Header.Length + NonceLength;
        var file = new byte[start + content.Length + (chunks * TagLength)];
        key.Header.CopyTo(file, 0);
        RandomNumberGenerator.Fill(file.AsSpan(key.Header.Length, NonceLength));
        using var cipher = new ChaCha20Poly1305(key.Derive(file.AsSpan(key.Header.Length, NonceLength), "payload"));
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var plain = content[(chunk * ChunkLength)..Math.Min(content.Length, (chunk + 1) * ChunkLength)];
            var place = file.AsSpan(start + (chunk * (ChunkLength + TagLength)), plain.Length + TagLength);
            cipher.Encrypt(Nonce(chunk, chunk == chunks - 1), plain, place[..plain.Length], place[plain.Length..]);
        }

        return file;
    }

    /// <summary>What a file holds.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="path">Where it is, for problems.</param>
    /// <exception cref="LinodeToolkitException">It is not whole, or not as it was written.</exception>
    public static byte[] Open(AgeKey key, ReadOnlySpan<byte> file, string path)
    {
        var rest = file[key.Header.Length..];
        if (rest.Length < NonceLength + TagLength)
        {
            throw new LinodeToolkitException(AgeProblems.Truncated(path));
        }

        using var cipher = new ChaCha20Poly1305(key.Derive(rest[..NonceLength], "payload"));
        rest = rest[NonceLength..];
        var chunks = (rest.Length + ChunkLength + TagLength - 1) / (ChunkLength + TagLength);
        var lastLength = rest.Length - ((chunks - 1) * (ChunkLength + TagLength));

        // The last chunk holds something, unless it is the only one.
        if (lastLength < TagLength || (lastLength == TagLength && chunks > 1))
        {
            throw new LinodeToolkitException(AgeProblems.Truncated(path));
        }

        var content = new byte[rest.Length - (chunks * TagLength)];
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var part = rest[..Math.Min(rest.Length, ChunkLength + TagLength)];
            rest = rest[part.Length..];
            Open(cipher, chunk, isLast: rest.Length == 0, part, content.AsSpan(chunk * ChunkLength), path);
        }

        return content;
    }

    private static void Open(ChaCha20Poly1305 cipher, int chunk, bool isLast, ReadOnlySpan<byte> part, Span<byte> content, string path)
    {
        var sealedPart = part[..^TagLength];
        var tag = part[^TagLength..];
        var plain = content[..sealedPart.Length];
        if (Try(cipher, Nonce(chunk, isLast), sealedPart, tag, plain))
        {
            return;
        }

        // Whole, but sealed as one that others follow: those are gone. Cut elsewhere, it cannot be told from a changed one.
        var isCut = isLast && part.Length == ChunkLength + TagLength && Try(cipher, Nonce(chunk, isLast: false), sealedPart, tag, plain);
        throw new LinodeToolkitException(isCut ? AgeProblems.Truncated(path) : AgeProblems.Changed(path));
    }

    private static bool Try(ChaCha20Poly1305 cipher, byte[] nonce, ReadOnlySpan<byte> sealedPart, ReadOnlySpan<byte> tag, Span<byte> plain)
    {
        try
        {
            cipher.Decrypt(nonce, sealedPart, tag, plain);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // Eleven bytes of a counter, of which we need four, and one that says whether the chunk is the last.
    private static byte[] Nonce(int chunk, bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(7), chunk);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
