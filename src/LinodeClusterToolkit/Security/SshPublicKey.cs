using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>A public key as OpenSSH writes it in one line: type, base64 body, comment.</summary>
public sealed record SshPublicKey
{
    private static readonly string[] Types =
    [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    private SshPublicKey(string type, string body, string comment) => (Type, Body, Comment) = (type, body, comment);

    /// <summary>Algorithm, e.g. <c>ssh-ed25519</c>.</summary>
    public string Type { get; }

    /// <summary>The key itself, base64.</summary>
    public string Body { get; }

    /// <summary>Whose it is, in words; may be empty.</summary>
    public string Comment { get; }

    /// <summary>Its fingerprint as <c>ssh-keygen -l</c> prints it: <c>SHA256:…</c>.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Body))).TrimEnd('=');

    /// <summary>Reads one public key.</summary>
    /// <param name="text">The line, a final newline allowed.</param>
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <exception cref="LinodeToolkitException">It is a private key (LCT1021), or no single, sound public key.</exception>
    public static SshPublicKey Parse(string text, string source)
    {
        if (IsPrivate(text))
        {
            throw new LinodeToolkitException(SecurityProblems.PrivateKey(source));
        }

        var line = text.EndsWith('\n') ? text[..^1] : text;
        if (WhyUnclean(line) is { } unclean)
        {
            throw new LinodeToolkitException(SecurityProblems.NoPublicKey(source, unclean));
        }

        var parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return WhyWrong(parts) is { } why
            ? throw new LinodeToolkitException(SecurityProblems.NoPublicKey(source, why))
            : new(parts[0], parts[1], parts.ElementAtOrDefault(2) ?? "");
    }

    /// <summary>Whether a text holds a private key, in the forms of OpenSSH, PEM and PuTTY.</summary>
    public static bool IsPrivate(string text) =>
        text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) || text.StartsWith("PuTTY-User-Key-File", StringComparison.Ordinal);

    /// <summary>Whether a text looks like a public key rather than like the path of a file that holds one.</summary>
    public static bool LooksLikeKey(string text) => Types.Any(type => text.TrimStart().StartsWith(type + " ", StringComparison.Ordinal));

    /// <summary>The line for an <c>authorized_keys</c> file, without newline.</summary>
    public override string ToString() => Comment.Length == 0 ? $"{Type} {Body}" : $"{Type} {Body} {Comment}";

    private static string? WhyUnclean(string line) =>
        line.Contains('\r') ? "it has Windows line ends (CR LF), which sshd does not read"
        : line.StartsWith("---- BEGIN SSH2", StringComparison.Ordinal) ? "it is in SSH2 form; ssh-keygen -i -f FILE turns it into the one-line form"
        : line.Trim().Contains('\n') ? "it has more than one line; give one key"
        : line.Any(char.IsControl) ? "it holds a control character"
        : null;

    private static string? WhyWrong(string[] parts)
    {
        if (parts.Length < 2)
        {
            return "it is not of the form 'type body comment'";
        }

        if (!Types.Contains(parts[0], StringComparer.Ordinal))
        {
            return parts[0] == "ssh-dss"
                ? "DSA keys are refused by every current sshd"
                : $"'{parts[0]}' is no key type; known are {string.Join(", ", Types)}";
        }

        var body = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], body, out var length))
        {
            return "its body is not base64; it may have been cut off";
        }

        return TypeInside(body.AsSpan(0, length)) == parts[0] ? null : "its body is not a key of the type it says; it may have been cut off";
    }

    /// <summary>The body begins with its type again, as a length of four bytes and the text; a key has something after it.</summary>
    private static string? TypeInside(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(body) is var length && length >= body.Length - 4)
        {
            return null;
        }

        return EveryFieldIsWhole(body) ? Encoding.ASCII.GetString(body.Slice(4, (int)length)) : null;
    }

    /// <summary>Every field is its length and that many bytes, to the very end: a body cut off anywhere shows here.</summary>
    private static bool EveryFieldIsWhole(ReadOnlySpan<byte> body)
    {
        while (body.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(body) is var length && length <= body.Length - 4)
        {
            body = body[(4 + (int)length)..];
        }

        return body.IsEmpty;
    }
}
