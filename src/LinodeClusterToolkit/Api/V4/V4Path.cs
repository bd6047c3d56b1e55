using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>A path written as an interpolated string: every value in it becomes one segment, percent-encoded, so no id can lead elsewhere.</summary>
[InterpolatedStringHandler]
public readonly struct V4Path
{
    private readonly StringBuilder text;

    /// <summary>Called by the compiler.</summary>
    public V4Path(int literalLength, int formattedCount) => text = new(literalLength + (16 * formattedCount));

    /// <summary>Called by the compiler: takes fixed text as it is.</summary>
    public void AppendLiteral(string value) => text.Append(value);

    /// <summary>Called by the compiler: takes a number.</summary>
    public void AppendFormatted(long value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Called by the compiler: takes an id such as <c>linode/debian12</c> as <c>linode%2Fdebian12</c>.</summary>
    /// <exception cref="ArgumentException">It is empty or would step through the path.</exception>
    public void AppendFormatted(string value) => text.Append(value is "" or "." or ".."
        ? throw new ArgumentException($"'{value}' cannot be part of a path", nameof(value))
        : Uri.EscapeDataString(value));

    /// <summary>The encoded path.</summary>
    public override string ToString() => text.ToString();
}
