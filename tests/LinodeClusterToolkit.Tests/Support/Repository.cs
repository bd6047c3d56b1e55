using System.Runtime.CompilerServices;

namespace LinodeClusterToolkit.Tests.Support;

/// <summary>Files of this repository, wherever it is checked out.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(File.Exists(here) ? System.IO.Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "LinodeClusterToolkit.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder.FullName;
    }
}
