using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Commands;

namespace LinodeTool.Tests.Commands;

public sealed class PlanFilesTests
{
    [Fact]
    public async Task A_missing_file_is_12_with_the_name_that_was_meant()
    {
        using var tool = new TestTool();
        tool.Write("plan.yaml", "version: 1\n");

        Assert.Equal(12, await tool.RunAsync("plan", "validate", "paln.yaml"));
        Assert.Contains("did you mean plan.yaml?", tool.Error);
    }

    [Fact]
    public async Task What_is_not_text_or_far_too_long_is_a_plan_that_is_wrong()
    {
        using var tool = new TestTool();
        File.WriteAllBytes(Path.Combine(tool.Home, "binary"), [0xff, 0xfe, 0x00]);
        tool.Write("long", new string(' ', (1024 * 1024) + 1));

        Assert.Equal(3, await tool.RunAsync("plan", "validate", "binary"));
        Assert.Equal(3, await tool.RunAsync("plan", "validate", "long"));
    }

    [Fact]
    public void Variables_are_split_at_the_first_equals_sign()
    {
        Assert.Equal("b=c", PlanFiles.Variables(["a=b=c", "d="])["a"]);
        Assert.Equal("LCT1009", Assert.Throws<LinodeToolkitException>(() => PlanFiles.Variables(["=x"])).Problem.Code);
    }
}
