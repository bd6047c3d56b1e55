using System.Security.Cryptography;

namespace LinodeClusterToolkit.Security;

/// <summary>Makes passwords.</summary>
public static class Passwords
{
    // Linode accepts 11 to 128 characters for a root password and scores it; shorter ones would not be worth 128 bits.
    private const int Shortest = 22;
    private const int Longest = 128;
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    // None that a shell, a quoted text, a URL's user part or a console keyboard would trip over: no quotes, backslash, dollar or blank.
    private const string Signs = "-_.,:+=%~";

    /// <summary>A random password with letters of both cases, digits and signs; safe to paste between any quotes.</summary>
    /// <param name="length">Characters, 22 (128 bits at least) to 128.</param>
    public static Sensitive Generate(int length = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);

        // Drawn again until every class is in it, so that all passwords that fit stay equally likely.
        while (true)
        {
            var password = RandomNumberGenerator.GetString(Lower + Upper + Digits + Signs, length);
            if (char.IsAsciiLetterOrDigit(password[0]) && new[] { Lower, Upper, Digits, Signs }.All(set => password.AsSpan().ContainsAny(set)))
            {
                return new(password);
            }
        }
    }
}
