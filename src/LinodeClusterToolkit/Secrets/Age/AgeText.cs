namespace LinodeClusterToolkit.Secrets.Age;

/// <summary>Base64 as age has it: without padding, and with one way only to write the same bytes.</summary>
internal static class AgeText
{
    public static string Write(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>The bytes, or null where the text is not exactly what <see cref="Write"/> makes of them.</summary>
    public static byte[]? Read(string text)
    {
        var bytes = new byte[text.Length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) && Write(bytes.AsSpan(0, length)) == text
            ? bytes[..length]
            : null;
    }
}
