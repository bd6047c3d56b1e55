using System.Buffers.Binary;
using System.Text;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>A key pair; the private half in the form OpenSSH writes.</summary>
public sealed record SshKeyPair(SshPublicKey Public, Sensitive Private)
{
    private const string Begin = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private const string End = "-----END OPENSSH PRIVATE KEY-----";

    // "openssh-key-v1" and a NUL, then cipher, its key derivation and that one's options as texts, the number of keys, and the public half.
    private const int MagicLength = 15;

    /// <summary>Reads a private key as OpenSSH writes it; its public half stands in it in clear.</summary>
    /// <exception cref="LinodeToolkitException">It is no such key.</exception>
    public static SshKeyPair Of(Sensitive privateKey, string source)
    {
        var text = privateKey.Reveal();
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new LinodeToolkitException(SecurityProblems.NoPrivateKey(source));
        }

        try
        {
            var rest = Convert.FromBase64String(text[(from + Begin.Length)..to]).AsSpan(MagicLength);
            for (var field = 0; field < 3; field++)
            {
                rest = rest[(4 + Length(rest))..];
            }

            rest = rest[4..];
            var blob = rest.Slice(4, Length(rest));
            var type = Encoding.ASCII.GetString(blob.Slice(4, Length(blob)));
            return new(SshPublicKey.Parse($"{type} {Convert.ToBase64String(blob)}", source), privateKey);
        }
        catch (Exception broken) when (broken is FormatException or ArgumentOutOfRangeException)
        {
            throw new LinodeToolkitException(SecurityProblems.NoPrivateKey(source), broken);
        }
    }

    private static int Length(ReadOnlySpan<byte> field) => (int)BinaryPrimitives.ReadUInt32BigEndian(field);
}

/// <summary>Makes a new key pair.</summary>
internal delegate Task<SshKeyPair> KeyPairMaker(CancellationToken cancellation);
