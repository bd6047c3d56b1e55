using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Support;

/// <summary>Key pairs that look like keys and open nothing, for runs of thousands of nodes that nobody logs in to.</summary>
internal static class FakeKeys
{
    public static Task<SshKeyPair> MakeAsync(CancellationToken cancellation) => Task.FromResult(Make());

    public static SshKeyPair Make()
    {
        var blob = new MemoryStream();
        Field(blob, "ssh-ed25519"u8);
        Field(blob, RandomNumberGenerator.GetBytes(32));
        var file = new MemoryStream();
        file.Write("openssh-key-v1\0"u8);
        Field(file, "none"u8);
        Field(file, "none"u8);
        Field(file, []);
        file.Write([0, 0, 0, 1]);
        Field(file, blob.ToArray());
        var body = Convert.ToBase64String(file.ToArray(), Base64FormattingOptions.InsertLineBreaks).Replace("\r\n", "\n");
        return SshKeyPair.Of(new($"-----BEGIN OPENSSH PRIVATE KEY-----\n{body}\n-----END OPENSSH PRIVATE KEY-----\n"), "a key of tests");
    }

    private static void Field(MemoryStream to, ReadOnlySpan<byte> value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        to.Write(length);
        to.Write(value);
    }
}
