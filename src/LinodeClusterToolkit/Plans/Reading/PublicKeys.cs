using System.Buffers.Binary;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads public SSH keys, which a plan says itself or names a file for.</summary>
internal static class PublicKeys
{
    private const int LongestFile = 16 * 1024;
    private const int LeastRsaBits = 3072;

    public static SshPublicKey? Read(PlanReading reading, PlanValue item)
    {
        if (item.Verbatim() is not { } said)
        {
            return null;
        }

        var isText = IsText(said.Value);
        var (text, fault) = isText ? (said.Value, null) : reading.Files.Read(said.Value, LongestFile);
        if (text is null)
        {
            reading.Error(said.Place, fault!);
            return null;
        }

        try
        {
            var key = SshPublicKey.Parse(text.Trim(), isText ? "this text" : said.Value);
            if (WhyOfNoUse(key) is not { } why)
            {
                return key;
            }

            reading.Error(said.Place, AccountProblems.KeyOfNoUse(isText ? "this key" : said.Value, why));
        }
        catch (LinodeToolkitException bad)
        {
            // A private key is not shown again, wherever problems may end up.
            reading.Error(SshPublicKey.IsPrivate(text) ? said.Place with { SourceLine = null } : said.Place, AccountProblems.BadKey(bad.Problem));
        }

        return null;
    }

    /// <summary>Whether a text is meant to be a key itself; the body of every key begins with AAAA, the length of its type.</summary>
    private static bool IsText(string text) =>
        SshPublicKey.LooksLikeKey(text) || SshPublicKey.IsPrivate(text) || text.Contains(" AAAA", StringComparison.Ordinal) || text.Contains('\n');

    /// <summary>Why the sshd of a node would not take a key, or null where it does.</summary>
    private static string? WhyOfNoUse(SshPublicKey key) => key.Type switch
    {
        "ssh-rsa" when RsaBits(key) is var bits and < LeastRsaBits => $"RSA keys have {LeastRsaBits} bits or more there, this one has {bits}",
        _ when key.Type.Contains("ecdsa", StringComparison.Ordinal) => "keys on NIST curves are not accepted there",
        _ => null,
    };

    /// <summary>The fields of the body are type, exponent and modulus, each behind its length; the modulus may begin with a zero byte.</summary>
    private static int RsaBits(SshPublicKey key)
    {
        var rest = Convert.FromBase64String(key.Body).AsSpan();
        for (var skipped = 0; skipped < 2 && rest.Length >= sizeof(int); skipped++)
        {
            rest = rest[(sizeof(int) + BinaryPrimitives.ReadInt32BigEndian(rest))..];
        }

        return rest.Length <= sizeof(int) ? 0 : rest[sizeof(int)..].TrimStart((byte)0).Length * 8;
    }
}
