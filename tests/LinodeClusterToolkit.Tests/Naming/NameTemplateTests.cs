using LinodeClusterToolkit.Naming;

namespace LinodeClusterToolkit.Tests.Naming;

public class NameTemplateTests
{
    [Theory]
    [InlineData("web-{counter}", "web-7")]
    [InlineData("web-{counter:02}", "web-07")]
    [InlineData("web-{counter:3}", "web-007")]
    [InlineData("{region}-{counter}", "us-east-7")]
    [InlineData("{counter}{counter:02}", "707")]
    [InlineData("plain", "plain")]
    public void Renders_placeholders_with_their_widths(string template, string name) =>
        Assert.Equal(name, NameTemplate.Parse(template).Render(placeholder => placeholder == "region" ? "us-east" : 7L));

    [Theory]
    [InlineData("{", 0, "{")]
    [InlineData("a}b", 1, "}")]
    [InlineData("a{}b", 1, "{}")]
    [InlineData("a{b c}", 1, "{b c}")]
    [InlineData("{a{b}", 0, "{a")]
    [InlineData("{counter:}", 0, "{counter:}")]
    [InlineData("{counter:0}", 0, "{counter:0}")]
    [InlineData("{counter:010}", 0, "{counter:010}")]
    [InlineData("{counter:-3}", 0, "{counter:-3}")]
    [InlineData("{1st}", 0, "{1st}")]
    public void Says_where_a_template_cannot_be_understood(string template, int index, string text)
    {
        var fault = Assert.Single(NameTemplate.Parse(template).Faults);

        Assert.Equal((index, text), (fault.Index, fault.Text));
        Assert.NotEmpty(fault.Why);
    }

    [Fact]
    public void Renames_placeholders_and_keeps_their_widths() =>
        Assert.Equal("a-{counter:03}-{region}", NameTemplate.Parse("a-{conter:03}-{region}")
            .Rename(new Dictionary<string, string> { ["conter"] = "counter" }).Text);

    [Fact]
    public void Every_text_falls_into_parts_and_faults_and_nothing_gets_lost()
    {
        var random = new Random(2017);
        for (var round = 0; round < 5_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 24)).Select(_ => "ab-{}{}:03"[random.Next(10)])]);

            var template = NameTemplate.Parse(text);

            var pieces = template.Parts.Sum(part => part is Literal literal ? literal.Text.Length
                : part.ToString()!.Length) + template.Faults.Sum(fault => fault.Text.Length);
            Assert.Equal(text.Length, pieces);
            Assert.All(template.Faults, fault => Assert.StartsWith(fault.Text, text[fault.Index..], StringComparison.Ordinal));
            Assert.All(template.Placeholders, placeholder =>
                Assert.StartsWith(placeholder.ToString(), text[placeholder.Index..], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Different_numbers_never_give_the_same_name()
    {
        foreach (var template in new[] { "n{counter}", "n{counter:04}", "{counter:09}x", "a{counter}b{counter:2}" }.Select(NameTemplate.Parse))
        {
            Assert.Equal(2_000, Enumerable.Range(1, 2_000).Select(number => template.Render(_ => (long)number)).Distinct().Count());
        }
    }

    [Fact]
    public void A_sound_template_comes_back_from_its_own_parts()
    {
        var random = new Random(4);
        string[] pieces = ["web", "-", "{counter}", "{region}", "{counter:02}", ".example.com", "{a_b-c}"];
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)]));

            var template = NameTemplate.Parse(text);

            Assert.Empty(template.Faults);
            Assert.Equal(text, template.Rename(new Dictionary<string, string>()).Text);
        }
    }
}
