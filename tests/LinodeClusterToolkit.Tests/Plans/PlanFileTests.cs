using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Tests.Plans;

public class PlanFileTests
{
    [Fact]
    public void Opens_a_file_with_its_folder()
    {
        using var folder = new TempFolder();
        var file = folder.File("plan.yaml", "version: 1\n");

        Assert.Equal(new PlanSource(file, folder.Path, "version: 1\n"), PlanFile.Open(file).OrThrow());
    }

    [Theory]
    [InlineData("/no/such/plan.yaml")]
    [InlineData("/")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void A_file_that_cannot_be_read_is_a_problem_of_this_machine(string path)
    {
        var problem = Assert.Single(PlanFile.Open(path).Errors);

        Assert.Equal(7, problem.Family);
        Assert.NotEmpty(problem.Fixes);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_file_in_utf16_is_refused_with_a_place(string encoding)
    {
        var coding = Encoding.GetEncoding(encoding);

        AssertRefused([.. coding.GetPreamble(), .. coding.GetBytes("version: 1\n")], 1, 1);
    }

    [Fact]
    public void Utf16_without_a_mark_is_refused_for_its_nuls()
    {
        var result = PlanFile.Decode("plan.yaml", null, new MemoryStream(Encoding.Unicode.GetBytes("version: 1\n")));

        var problem = Assert.Single(PlanReader.Read(result.OrThrow()).Errors);
        Assert.Equal(("LCT2003", new SourcePosition("plan.yaml", 1, 2)), (problem.Code, problem.Position));
    }

    [Fact]
    public void Latin1_is_refused_at_its_first_letter_that_is_not_utf8() =>
        AssertRefused(Encoding.Latin1.GetBytes("version: 1\nname: Zürich\n"), 2, 8);

    [Fact]
    public void Binary_is_refused() => AssertRefused([0x7f, 0x45, 0x4c, 0x46, 0x02, 0xff, 0xfe], 1, 6);

    [Fact]
    public void A_file_without_end_is_read_no_further_than_a_plan_may_be_long()
    {
        var result = PlanFile.Decode("plan.yaml", null, new EndlessStream());

        Assert.Equal("LCT2002", Assert.Single(result.Errors).Code);
    }

    private static void AssertRefused(byte[] bytes, int line, int column)
    {
        var problem = Assert.Single(PlanFile.Decode("plan.yaml", null, new MemoryStream(bytes)).Errors);

        Assert.Equal(("LCT2003", new SourcePosition("plan.yaml", line, column)), (problem.Code, problem.Position));
        Assert.NotEmpty(problem.Fixes);
    }

    private sealed class EndlessStream : MemoryStream
    {
        private int left = 2_000_000;

        public override int Read(Span<byte> buffer)
        {
            Assert.True(left > 0, "read too far");
            left -= buffer.Length;
            buffer.Fill((byte)'a');
            return buffer.Length;
        }
    }
}
