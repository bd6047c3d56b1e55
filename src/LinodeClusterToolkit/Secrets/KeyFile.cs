using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Reads key files as users name them.</summary>
internal static class KeyFile
{
    // No key comes near it; whoever names a disk image by mistake should not wait for it.
    private const int MostBytes = 64 * 1024;

    /// <summary>The beginning of the file's text, or null where there is none; <c>~/</c> is the user's own folder.</summary>
    public static string? Read(string path)
    {
        var full = path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
            : path;
        if (!File.Exists(full))
        {
            return null;
        }

        var text = "";
        PrivateFiles.Guard(full, () =>
        {
            using var reader = new StreamReader(full);
            var buffer = new char[MostBytes];
            text = new string(buffer, 0, reader.ReadBlock(buffer));
        });
        return text;
    }
}
