using LinodeTool.Commands;

namespace LinodeTool.Tests.Commands;

public sealed class CopyPlaceTests
{
    [Theory]
    [InlineData("web-1:/etc/hosts", "web-1", "/etc/hosts")]
    [InlineData("us-east-1:", "us-east-1", "")]
    [InlineData("*:~/app", "*", "~/app")]
    [InlineData("web:a:b", "web", "a:b")]
    [InlineData("notes.txt", null, "notes.txt")]
    [InlineData("./a:b", null, "./a:b")]
    [InlineData("/srv/a:b", null, "/srv/a:b")]
    [InlineData(":path", null, ":path")]
    public void A_colon_before_the_first_slash_puts_it_on_a_node(string text, string? of, string path) =>
        Assert.Equal(new CopyPlace(text, of, path), CopyPlace.Parse(text));

    [Theory]
    [InlineData("a", "b", "LCT1530")]
    [InlineData("a:x", "b:y", "LCT1530")]
    [InlineData("no-such-file", "web-1:", "LCT7540")]
    public async Task What_cannot_be_copied_is_refused_before_anything_is_looked_up(string from, string to, string code)
    {
        using var tool = new TestTool();

        Assert.NotEqual(0, await tool.RunAsync("cluster", "cp", "web", from, to));
        Assert.StartsWith($"error {code}: ", tool.Error);
    }
}
