using LinodeTool.Grammar;

namespace LinodeTool.Tests.Commands;

public sealed class ImageVerbTests
{
    [Theory]
    [InlineData("image create", "NODE is missing")]
    [InlineData("image upload", "FILE is missing")]
    [InlineData("image upload system.img", "REGION is missing")]
    [InlineData("image replicate golden", "REGION is missing")]
    [InlineData("image delete", "NAME is missing")]
    public async Task A_line_that_cannot_be_meant_is_refused_before_anything_is_looked_up(string line, string said)
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync(line.Split(' ')));
        Assert.Contains(said, tool.Error);
        Assert.Empty(tool.Out);
    }

    [Fact]
    public void Images_are_those_of_the_catalogue_and_image_is_the_noun_of_the_accounts_own()
    {
        Assert.Empty(Parsing.Parse(CommandTree.Build(), ["images", "ubuntu"]).Errors);
        Assert.Empty(Parsing.Parse(CommandTree.Build(), ["image", "show", "golden"]).Errors);
        Assert.NotEmpty(Parsing.Parse(CommandTree.Build(), ["images", "show", "golden"]).Errors);
    }
}
