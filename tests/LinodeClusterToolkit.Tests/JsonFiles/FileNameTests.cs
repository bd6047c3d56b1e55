using LinodeClusterToolkit.JsonFiles;

namespace LinodeClusterToolkit.Tests.JsonFiles;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("us-east/db/1", "us-east.db.1")]
    [InlineData("web_2", "web_2")]
    [InlineData("Web", "%57eb")]
    [InlineData("a.b/c", "a%2eb.c")]
    [InlineData("ü ", "%c3%bc%20")]
    [InlineData("../../etc", "%2e%2e.%2e%2e.etc")]
    [InlineData("/a", "%2fa")]
    [InlineData("", "%")]
    [InlineData("con", "%63on")]
    [InlineData("nul/a", "%6eul.a")]
    public void A_name_is_readable_and_safe(string text, string name) => Assert.Equal(name, FileName.Of(text));

    [Fact]
    public void No_two_texts_have_one_name_however_long_they_are_and_though_a_file_system_knows_no_case()
    {
        string[] texts =
        [
            "a/b", "a.b", "a%2eb", "A/b", "a/B", "a b", "a//b", "a/b/", "%", "", "con", "%63on", "aux/1", "aux.1",
            new string('x', 150), new string('x', 151), new string('x', 152), new string('ü', 60), new string('X', 60),
        ];

        var names = texts.Select(FileName.Of).ToList();

        Assert.Equal(texts.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, 150));
    }
}
