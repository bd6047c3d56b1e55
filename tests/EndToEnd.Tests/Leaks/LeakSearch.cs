using System.Diagnostics;
using System.Text;

namespace EndToEnd.Tests.Leaks;

/// <summary>A search for secrets: what it has looked at, and where it found one.</summary>
internal sealed class LeakSearch(Needles needles)
{
    private const int Piece = 1 << 22;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly HashSet<string> found = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Found => found;

    public int Files { get; private set; }

    public int Texts { get; private set; }

    public int Processes { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>What was searched, in words.</summary>
    public override string ToString() =>
        $"{needles.Count.Forms} forms of {needles.Count.Secrets} secrets in {Files} files, {Texts} outputs and {Processes} command lines, "
        + $"{Bytes} bytes, in {clock.ElapsedMilliseconds} ms";

    public void InText(string place, string text)
    {
        Texts++;
        Look(place, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>All files below a folder, and their names; links are not followed.</summary>
    public void InFolder(string folder, Func<string, bool> passOver)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device };
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", all) : [])
        {
            if (!passOver(file))
            {
                InFile(file);
            }
        }
    }

    public void InFile(string file)
    {
        Look($"the name of {file}", Encoding.UTF8.GetBytes(file));
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Files++;

            // Each piece with the end of the one before it, so that nothing is missed where they meet.
            var buffer = new byte[(int)Math.Min(stream.Length + 1, Piece) + needles.Longest];
            for (var held = 0; stream.Read(buffer, held, buffer.Length - held) is > 0 and var read;)
            {
                Look(file, buffer.AsSpan(0, held + read));
                var keep = Math.Min(needles.Longest - 1, held + read);
                buffer.AsSpan(held + read - keep, keep).CopyTo(buffer);
                held = keep;
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // One that has just gone, or a socket, holds nothing.
        }
    }

    /// <summary>Command lines of all processes there are.</summary>
    public void InProcesses()
    {
        foreach (var (id, line) in Running("cmdline"))
        {
            Processes++;
            Look($"the command line of process {id} ({Encoding.UTF8.GetString(line).Split('\0')[0]})", line);
        }
    }

    private static IEnumerable<(string Id, byte[] Text)> Running(string what)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            byte[] text;
            try
            {
                text = File.ReadAllBytes($"{folder}/{what}");
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue; // it has ended
            }

            yield return (Path.GetFileName(folder), text);
        }
    }

    private void Look(string place, ReadOnlySpan<byte> text)
    {
        Bytes += text.Length;
        foreach (var (secret, kind) in needles.In(text))
        {
            found.Add($"{secret} in {place}, {kind}");
        }
    }
}
