using System.Text.Json.Serialization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>In what form the files of a folder are.</summary>
/// <param name="Format">Goes up with every form that older versions cannot read.</param>
internal sealed record FolderFormat(int Format)
{
    private const int Known = 1;
    private const string Name = "format.json";

    /// <summary>Whether a folder says so; throws where it is a form of later.</summary>
    public static bool IsThere(string root)
    {
        var full = Path.Combine(root, Name);
        if (!File.Exists(full))
        {
            return false;
        }

        var found = JsonText.Read(File.ReadAllBytes(full), FolderJson.Default.FolderFormat, full).Format;
        return found <= Known ? true : throw new LinodeToolkitException(JsonProblems.Newer(root, found, Known));
    }

    /// <summary>Marks a new folder; throws where it is not new.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="disk">Its files.</param>
    /// <param name="next">Where to write what is then put in place.</param>
    public static void Mark(string root, FolderDisk disk, string next)
    {
        var left = Directory.EnumerateDirectories(root)
            .FirstOrDefault(one => Path.GetFileName(one) is "clusters" or "runs" or "leases" or "customers");
        if (left is not null)
        {
            throw new LinodeToolkitException(JsonProblems.Missing(
                Path.Combine(root, Name), $"without it nobody knows in what form the files in {left} are"));
        }

        disk.Write(next, JsonText.Write(new FolderFormat(Known), FolderJson.Default.FolderFormat, before: null));
        disk.Move(next, Name);
        DiskFlush.Flush(root, [Name]);
        DurableFolder.Flush(Path.GetDirectoryName(root)!);
    }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FolderFormat))]
internal sealed partial class FolderJson : JsonSerializerContext;
