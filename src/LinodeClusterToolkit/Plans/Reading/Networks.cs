using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads networks strictly: what goes into a firewall must not depend on how a parser takes <c>10.1</c> or <c>010.0.0.1</c>.</summary>
internal static class Networks
{
    /// <summary>A network as address and length of its prefix, a single address as a network of one; null for anything else.</summary>
    public static string? Canonical(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || Address(parts[0]) is not { } address)
        {
            return null;
        }

        var bits = address.GetAddressBytes().Length * 8;
        var prefix = parts.Length == 1 ? bits : Prefix(parts[1]);
        return prefix > bits ? null : string.Create(CultureInfo.InvariantCulture, $"{Masked(address, bits, prefix)}/{prefix}");
    }

    private static IPAddress? Address(string text) =>
        text.All(letter => char.IsAsciiHexDigit(letter) || letter is '.' or ':') && IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : !address.IsIPv4MappedToIPv6) ? address : null;

    /// <summary>The length as a number without sign or leading zero; more than any address has where it is none.</summary>
    private static int Prefix(string text) =>
        text.Length is 1 or 2 or 3 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0')
            ? int.Parse(text, CultureInfo.InvariantCulture) : int.MaxValue;

    private static IPAddress Masked(IPAddress address, int bits, int prefix)
    {
        var number = new BigInteger(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true) >> (bits - prefix) << (bits - prefix);
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[bits / 8 - bytes.Length], .. bytes]);
    }
}
