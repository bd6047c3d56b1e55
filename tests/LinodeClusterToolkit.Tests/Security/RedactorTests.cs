using System.Diagnostics;
using System.Text;
using System.Text.Json;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class RedactorTests
{
    private const string Secret = "hunter2\"+/ü<>end";
    private readonly Redactor redactor = new();

    public RedactorTests() => redactor.Add(new(Secret));

    [Fact]
    public void Masks_the_value_wherever_it_stands() =>
        Assert.Equal("***, then *** and the rest", redactor.Redact($"{Secret}, then {Secret} and the rest"));

    [Fact]
    public void Leaves_other_text_as_it_is()
    {
        const string text = "hunter2 and its beginnings: hunter2\"+/";
        Assert.Same(text, redactor.Redact(text));
    }

    [Fact]
    public void Masks_it_in_json_whatever_the_escaping()
    {
        Assert.Equal("{\"p\":\"***\"}", redactor.Redact($"{{\"p\":\"{JsonEncodedText.Encode(Secret)}\"}}"));
        Assert.Equal("***", redactor.Redact("hunter2\\\"+/ü<>end"));
        Assert.Equal("?p=***&x", redactor.Redact($"?p={Uri.EscapeDataString(Secret)}&x"));
    }

    [Theory]
    [InlineData(@"it'\''s '\''so'\''", "it's 'so'")]
    [InlineData(@"a\'b\\c, d", @"a'b\c, d")]
    [InlineData(@"pass\'\303\274\n1", "pass'ü\n1")]
    [InlineData(@"\#it\'s\ so\,\ \$HOME~#=\[\\\]", @"#it's so, $HOME~#=[\]")]
    [InlineData("it''s so", "it's so")]
    [InlineData("it\\u00fc's so", "itü's so")]
    public void Masks_it_as_shells_YAML_and_Python_print_it(string printed, string secret)
    {
        redactor.Add(new(secret));
        Assert.Equal("+ x=***", redactor.Redact($"+ x={printed}"));
    }

    [Fact]
    public void Masks_a_long_one_in_base64_of_several_lines()
    {
        var secret = string.Concat(Enumerable.Range(0, 12).Select(number => $"part-{number:000}/+"));
        redactor.Add(new(secret));
        var lines = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).Chunk(76).Select(line => new string(line)).ToList();
        Assert.True(lines.Count > 1);
        Assert.All(lines.Where(line => line.Length > 16), line => Assert.Equal("***", redactor.Redact(line)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    [InlineData("use")]
    [InlineData("#cloud-config\n")]
    public void Masks_it_in_base64_wherever_it_begins(string before)
    {
        var bytes = Encoding.UTF8.GetBytes(before + Secret + " and more");
        foreach (var text in new[] { Convert.ToBase64String(bytes), Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_') })
        {
            var masked = redactor.Redact(text);
            Assert.Contains("***", masked, StringComparison.Ordinal);

            // Its 17 bytes fill 22 characters of base64 whole, wherever they begin.
            Assert.Equal(text.Length - 22 + 3, masked.Length);
        }
    }

    [Fact]
    public void Masks_the_longer_of_two_secrets_that_begin_alike()
    {
        redactor.Add(new("abcdefgh"));
        redactor.Add(new("abcdefghijkl"));
        redactor.Add(new("abcdef"));
        Assert.Equal("*** *** ***x", redactor.Redact("abcdefghijkl abcdefgh abcdefx"));
    }

    [Fact]
    public void Masks_the_lines_of_a_key_but_not_its_frame()
    {
        redactor.Add(new(
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5v\nQyNTUxOQAAACDcEOnNSiW7cs4y\n-----END OPENSSH PRIVATE KEY-----\n"));
        Assert.Equal(
            "-----BEGIN OPENSSH PRIVATE KEY-----\n    ***\n    ***",
            redactor.Redact("-----BEGIN OPENSSH PRIVATE KEY-----\n    b3BlbnNzaC1rZXktdjEAAAAABG5v\n    QyNTUxOQAAACDcEOnNSiW7cs4y"));
    }

    [Fact]
    public void Lets_values_too_short_to_be_told_from_words_pass()
    {
        redactor.Add(new("admin"));
        Assert.Equal("admin", redactor.Redact("admin"));
    }

    [Fact]
    public void Knows_thousands_of_secrets_without_getting_slow()
    {
        var secrets = Enumerable.Range(0, 5000).Select(_ => Passwords.Generate()).ToArray();
        Array.ForEach(secrets, redactor.Add);
        var line = $"POST /linode/instances {{\"root_pass\":\"{secrets[4321].Reveal()}\",\"label\":\"web-us-east-01\"}}";
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < 10_000; n++)
        {
            Assert.EndsWith("\"***\",\"label\":\"web-us-east-01\"}", redactor.Redact(line), StringComparison.Ordinal);
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
