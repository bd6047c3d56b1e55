using System.IO.Compression;
using System.Text;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class ImageFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_packed_image_is_sent_as_it_is_and_its_size_is_that_of_what_is_in_it()
    {
        var path = Write("system.img.gz", Packed(new byte[3_000_000]));

        var file = await ImageFile.CheckAsync(path, null, default);

        Assert.Equal((true, 3_000_000L, new FileInfo(path).Length), (file.IsPacked, file.RawBytes, file.Bytes));
        Assert.Equal((path, false), await file.PackAsync(folder["packed"], null, default));
    }

    [Fact]
    public async Task A_raw_image_is_packed_for_sending_into_a_file_that_nobody_else_can_read()
    {
        var raw = Enumerable.Range(0, 2_500_000).Select(number => (byte)number).ToArray();
        var file = await ImageFile.CheckAsync(Write("system.raw", raw), null, default);
        Assert.Equal((false, 2_500_000L), (file.IsPacked, file.RawBytes));

        var (packed, isOurs) = await file.PackAsync(folder["packed"], null, default);

        Assert.True(isOurs);
        Assert.Equal(raw, Unpacked(packed));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(packed) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("QFI\u00fb and more", "a qcow2 image")]
    [InlineData("KDMV and more", "a VMDK image")]
    [InlineData("PK\u0003\u0004 and more", "a zip archive")]
    [InlineData("just a text", "of a kind that is not known")]
    [InlineData("", "empty")]
    public async Task What_is_no_raw_image_is_refused_by_what_it_is(string start, string kind)
    {
        var path = Write("something", Encoding.Latin1.GetBytes(start));

        var refused = await Assert.ThrowsAsync<LinodeToolkitException>(() => ImageFile.CheckAsync(path, null, default));

        Assert.Equal(("LCT1071", true), (refused.Problem.Code, refused.Problem.What.Contains(kind, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_raw_image_is_known_by_its_boot_sector_or_its_filesystem_whatever_it_is_called()
    {
        var (boot, ext) = (new byte[4096], new byte[4096]);
        (boot[510], boot[511]) = (0x55, 0xaa);
        (ext[1080], ext[1081]) = (0x53, 0xef);

        Assert.Equal(4096, (await ImageFile.CheckAsync(Write("one", boot), null, default)).RawBytes);
        Assert.Equal(4096, (await ImageFile.CheckAsync(Write("two", ext), null, default)).RawBytes);
    }

    [Fact]
    public async Task A_packed_file_that_ends_too_soon_is_refused()
    {
        var path = Write("system.img.gz", Packed(Encoding.ASCII.GetBytes(new string('x', 100_000) + Guid.NewGuid()))[..^20]);

        Assert.Equal("LCT1072", (await Assert.ThrowsAsync<LinodeToolkitException>(() => ImageFile.CheckAsync(path, null, default))).Problem.Code);
    }

    [Fact]
    public async Task More_than_the_platform_takes_is_refused_before_it_is_read()
    {
        var (raw, packed) = (folder["big.img"], folder["big.img.gz"]);
        using (var sparse = File.Create(raw))
        {
            sparse.SetLength(ImageFile.MostRaw + 1);
        }

        using (var sparse = File.Create(packed))
        {
            sparse.Write([0x1f, 0x8b]);
            sparse.SetLength(ImageFile.MostPacked + 1);
        }

        foreach (var path in new[] { raw, packed })
        {
            Assert.Equal("LCT1073", (await Assert.ThrowsAsync<LinodeToolkitException>(() => ImageFile.CheckAsync(path, null, default))).Problem.Code);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_problem_of_this_machine() =>
        Assert.Equal("LCT7261", (await Assert.ThrowsAsync<LinodeToolkitException>(() => ImageFile.CheckAsync(folder["none.img"], null, default))).Problem.Code);

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder[name], bytes);
        return folder[name];
    }

    private static byte[] Packed(byte[] raw)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(raw);
        }

        return packed.ToArray();
    }

    private static byte[] Unpacked(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        gzip.CopyTo(raw);
        return raw.ToArray();
    }
}
