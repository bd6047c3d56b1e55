using System.Text;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Secrets.Age;

/// <summary>Reads the lines at the beginning of a file, none of which is long.</summary>
internal ref struct AgeLines(ReadOnlySpan<byte> file, string path)
{
    private const int Longest = 4096;
    private readonly ReadOnlySpan<byte> file = file;

    /// <summary>Bytes read so far.</summary>
    public int Read { get; private set; }

    /// <summary>The next line without its end.</summary>
    /// <param name="what">What should be there, for problems.</param>
    public string Next(string what)
    {
        var rest = file[Read..];
        var end = rest[..Math.Min(rest.Length, Longest)].IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new LinodeToolkitException(rest.Length < Longest
                ? AgeProblems.Truncated(path)
                : AgeProblems.NotAge(path, $"where {what} should be, there is no line of text"));
        }

        Read += end + 1;
        return Encoding.Latin1.GetString(rest[..end]);
    }
}
