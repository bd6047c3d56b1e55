using System.Formats.Tar;
using System.IO.Compression;
using LinodeClusterToolkit.Configuration.Ansible;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Configuration.Ansible;

public sealed class PlaybookFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_that_is_below_the_playbook_travels_and_nothing_of_elsewhere()
    {
        Directory.CreateDirectory(folder["plays/roles/web/tasks"]);
        Directory.CreateDirectory(folder["plays/.git"]);
        foreach (var file in new[] { "plays/site.yaml", "plays/roles/web/tasks/main.yaml", "plays/.git/config", "beside" })
        {
            File.WriteAllText(folder[file], file);
        }

        File.CreateSymbolicLink(folder["plays/out"], folder["beside"]);
        File.CreateSymbolicLink(folder["plays/again.yaml"], "site.yaml");
        Directory.CreateSymbolicLink(folder["plays/circle"], folder["plays"]);

        Assert.Equal(
            "again.yaml: plays/site.yaml; roles/web/tasks/main.yaml: plays/roles/web/tasks/main.yaml; site.yaml: plays/site.yaml",
            string.Join("; ", Unpack(PlaybookFolder.Pack(Action))));
    }

    [Fact]
    public void A_folder_that_holds_too_much_is_refused()
    {
        Directory.CreateDirectory(folder["plays"]);
        File.WriteAllText(folder["plays/site.yaml"], "[]");
        using (var big = File.Create(folder["plays/image"]))
        {
            big.SetLength(11 * 1024 * 1024);
        }

        Assert.Equal("LCT2192", PlaybookFolder.Check(Action)?.Code);
        Assert.Throws<LinodeToolkitException>(() => PlaybookFolder.Pack(Action));
    }

    private ResolvedAction Action => new(Transition.FirstBoot, "localansible", "plays/site.yaml") { File = folder["plays/site.yaml"] };

    private static IEnumerable<string> Unpack(byte[] packed)
    {
        using var archive = new TarReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            using var text = new StreamReader(entry.DataStream!);
            yield return $"{entry.Name}: {text.ReadToEnd()}";
        }
    }
}
