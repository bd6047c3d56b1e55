using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>Passwords as the system's own log-in checks them.</summary>
internal static partial class PasswordHash
{
    private const string SaltSigns = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly Lock Gate = new();

    public static string Of(string password)
    {
        var salt = "$6$" + RandomNumberGenerator.GetString(SaltSigns, 16);

        // The function answers in memory of its own, which the next call overwrites.
        lock (Gate)
        {
            return Marshal.PtrToStringUTF8(crypt(password, salt)) is { } hash && hash.StartsWith(salt, StringComparison.Ordinal)
                ? hash
                : throw new IOException("libcrypt made no hash of the password");
        }
    }

    [LibraryImport("libcrypt.so.1", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint crypt(string key, string salt);
}
