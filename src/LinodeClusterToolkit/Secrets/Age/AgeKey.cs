using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Age;

/// <summary>The key of one age file, with the header that carries it: what costs a scrypt to make or to find.</summary>
/// <remarks>One key seals one file: whoever writes a file anew makes a new one.</remarks>
internal sealed class AgeKey
{
    private const int KeyLength = 16;
    private const int ScryptSize = 8;
    private static readonly byte[] Label = Encoding.ASCII.GetBytes("age-encryption.org/v1/scrypt");
    private readonly byte[] key;

    private AgeKey(byte[] key, byte[] header) => (this.key, Header) = (key, header);

    /// <summary>The header as it stands in the file.</summary>
    public byte[] Header { get; }

    /// <summary>A new key, sealed with the passphrase under a new salt.</summary>
    public static AgeKey Make(Sensitive passphrase, int workFactor)
    {
        var (key, salt) = (RandomNumberGenerator.GetBytes(KeyLength), RandomNumberGenerator.GetBytes(AgeHeader.SaltLength));
        var wrapped = new byte[AgeHeader.WrappedLength];
        using (var cipher = Cipher(passphrase, salt, workFactor))
        {
            // Of zeros: what scrypt makes of this salt seals this one key.
            cipher.Encrypt(new byte[12], key, wrapped.AsSpan(0, KeyLength), wrapped.AsSpan(KeyLength));
        }

        var header = new AgeHeader(salt, workFactor, wrapped, []);
        return new(key, (header with { Mac = Mac(key, header) }).ToBytes());
    }

    /// <summary>The key of a file that is there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="passphrase">What opens it.</param>
    /// <param name="path">Where it is, for problems.</param>
    /// <exception cref="LinodeToolkitException">The passphrase is another one, or the header is not as it was written.</exception>
    public static AgeKey Find(ReadOnlySpan<byte> file, Sensitive passphrase, string path)
    {
        var header = AgeHeader.Read(file, path, out var length);
        var key = new byte[KeyLength];
        try
        {
            using var cipher = Cipher(passphrase, header.Salt, header.WorkFactor);
            cipher.Decrypt(new byte[12], header.Wrapped.AsSpan(0, KeyLength), header.Wrapped.AsSpan(KeyLength), key);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new LinodeToolkitException(AgeProblems.WrongPassphrase(path));
        }

        return CryptographicOperations.FixedTimeEquals(Mac(key, header), header.Mac)
            ? new(key, file[..length].ToArray())
            : throw new LinodeToolkitException(AgeProblems.Changed(path));
    }

    /// <summary>Whether a file begins with this key's header, and so has this key.</summary>
    public bool Opens(ReadOnlySpan<byte> file) => file.StartsWith(Header);

    /// <summary>A key for one use inside the file.</summary>
    public byte[] Derive(ReadOnlySpan<byte> salt, string use) => Derive(key, salt, use);

    private static byte[] Mac(byte[] key, AgeHeader header) => HMACSHA256.HashData(Derive(key, [], "header"), header.Authenticated);

    private static byte[] Derive(byte[] key, ReadOnlySpan<byte> salt, string use)
    {
        var derived = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt, Encoding.ASCII.GetBytes(use));
        return derived;
    }

    private static ChaCha20Poly1305 Cipher(Sensitive passphrase, byte[] salt, int workFactor)
    {
        var text = Encoding.UTF8.GetBytes(passphrase.Reveal());
        var derived = Scrypt.Derive(text, [.. Label, .. salt], 1 << workFactor, ScryptSize, 1, 32);
        try
        {
            return new ChaCha20Poly1305(derived);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
