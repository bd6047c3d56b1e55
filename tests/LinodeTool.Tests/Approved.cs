namespace LinodeTool.Tests;

/// <summary>Compares text with what was approved before; what differs is left beside the approved file of the output folder.</summary>
internal static class Approved
{
    public static void Matches(string name, string text)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Approved", name + ".txt");
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file.Replace(".txt", ".received.txt", StringComparison.Ordinal), text);
        }

        Assert.True(File.Exists(file), $"nothing approved yet: {file}");
        Assert.Equal(File.ReadAllText(file), text);
    }
}
