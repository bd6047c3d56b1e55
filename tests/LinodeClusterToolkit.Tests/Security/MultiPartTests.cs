using System.IO.Compression;
using System.Text;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class MultiPartTests
{
    [Fact]
    public void Each_part_has_its_type_and_name_and_what_is_not_ascii_is_in_base64() => Assert.Equal(
        $"""
        Content-Type: multipart/mixed; boundary="lct-part"
        MIME-Version: 1.0

        --lct-part
        Content-Type: text/cloud-config; charset="utf-8"
        Content-Disposition: attachment; filename="site.yaml"
        Content-Transfer-Encoding: 7bit

        #cloud-config
        a: b

        --lct-part
        Content-Type: text/x-shellscript; charset="utf-8"
        Content-Disposition: attachment; filename="etc"
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(Encoding.UTF8.GetBytes("#!/bin/sh\necho ü\n"))}
        --lct-part--

        """,
        MultiPart.Of([new("parts/site.yaml", "#cloud-config\r\na: b\r\n"), new("../\"etc\"", "#!/bin/sh\necho ü\n")]));

    [Fact]
    public void A_part_that_holds_the_boundary_makes_it_another() =>
        Assert.Contains("boundary=\"lct-part-\"", MultiPart.Of([new("a", "#!/bin/sh\n--lct-part\n")]), StringComparison.Ordinal);

    [Fact]
    public void Parts_of_a_plan_come_behind_ours_and_without_them_nothing_is_changed()
    {
        var hardening = Hardening.Script(Hardening.Stage.Boot, ["web-1"], new(), FakeKeys.Make().Public, []);

        Assert.StartsWith("#cloud-config\n{", Unpack(FirstBoot.UserData(hardening, FakeKeys.Make())), StringComparison.Ordinal);
        var several = Unpack(FirstBoot.UserData(hardening, FakeKeys.Make(), new UserDataPart("more.sh", "#!/bin/sh\necho more\n")));
        Assert.True(several.IndexOf("bootcmd", StringComparison.Ordinal) < several.IndexOf("echo more", StringComparison.Ordinal));
    }

    private static string Unpack(Sensitive data)
    {
        using var unzipped = new GZipStream(new MemoryStream(Convert.FromBase64String(data.Reveal())), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        return reader.ReadToEnd();
    }
}
