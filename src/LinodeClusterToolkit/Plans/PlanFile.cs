using System.Text;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans;

/// <summary>Plans as files.</summary>
public static class PlanFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens a plan file; a file that is missing, too big or not UTF-8 is a problem, not an exception.</summary>
    /// <param name="path">The file; its folder is the one that paths in the plan start from.</param>
    public static PlanResult<PlanSource> Open(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Decode(path, Path.GetDirectoryName(Path.GetFullPath(path)), file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new PlanResult<PlanSource>(null, [PlanProblems.Unreadable(path, failure.Message)]);
        }
    }

    /// <summary>Reads a plan from a stream, such as standard input.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="folder">Folder that paths in the plan start from, or null.</param>
    /// <param name="bytes">The text in UTF-8; read no further than a plan may be long.</param>
    public static PlanResult<PlanSource> Decode(string name, string? folder, Stream bytes)
    {
        var buffer = new byte[YamlLimits.Bytes + 1];
        var length = bytes.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var start = new PlanText(new PlanSource(name, folder, "")).At(1, 1, "");
        if (length > YamlLimits.Bytes)
        {
            return new PlanResult<PlanSource>(null, [start.Mark(PlanProblems.TooBig($"more than {YamlLimits.Bytes / 1024} KiB of text"))]);
        }

        try
        {
            return new PlanResult<PlanSource>(new PlanSource(name, folder, Utf8.GetString(buffer, 0, length)), []);
        }
        catch (DecoderFallbackException broken)
        {
            var readable = new PlanText(new PlanSource(name, folder, Encoding.UTF8.GetString(buffer, 0, Math.Max(0, broken.Index))));
            return new PlanResult<PlanSource>(null, [readable.PlaceOf(readable.Text.Length, "").Mark(PlanProblems.NotUtf8())]);
        }
    }
}
