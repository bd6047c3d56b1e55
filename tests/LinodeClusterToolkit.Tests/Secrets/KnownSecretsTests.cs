using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Tests.Secrets;

public sealed class KnownSecretsTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINwQ6c1KJbtyzjLz7tcjIs4bvSKa0R+rmp2YgLWA4Lyr me";
    private const string Private = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----\n";

    private readonly Dictionary<string, string> files = new()
    {
        ["~/.ssh/id_rsa.pub"] = Key + "\n",
        ["~/.ssh/id_rsa"] = Private,
        ["notes.txt"] = "hello",
    };

    [Fact]
    public void Names_each_once() => Assert.Equal(KnownSecrets.All.Count, KnownSecrets.All.Select(known => known.Name).Distinct().Count());

    [Theory]
    [InlineData("~/.ssh/id_rsa.pub")]
    [InlineData(Key)]
    [InlineData(Key + "\n")]
    public void Takes_a_public_key_by_path_or_as_text_and_stores_the_key(string value) =>
        Assert.Equal(Key, Accept("default-root-ssh-public-key", value));

    [Fact]
    public void Refuses_a_private_key_by_path_and_names_the_public_one()
    {
        var problem = Refusal("default-root-ssh-public-key", "~/.ssh/id_rsa");
        Assert.Equal(("LCT1021", "~/.ssh/id_rsa is a private key; nothing was stored"), (problem.Code, problem.What));
        Assert.Equal(["give ~/.ssh/id_rsa.pub"], problem.Fixes);
    }

    [Fact]
    public void Refuses_a_private_key_given_as_text_without_repeating_it()
    {
        var problem = Refusal("default-root-ssh-public-key", Private);
        Assert.Equal("LCT1021", problem.Code);
        Assert.DoesNotContain("b3BlbnNzaC1rZXk", $"{problem} {problem.Why} {string.Join(' ', problem.Fixes)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes.txt", "LCT1031")]
    [InlineData("~/.ssh/none.pub", "LCT1032")]
    [InlineData("", "LCT1032")]
    public void Refuses_what_leads_to_no_key(string value, string code) => Assert.Equal(code, Refusal("default-root-ssh-public-key", value).Code);

    [Theory]
    [InlineData(" abc123\n")]
    [InlineData("abc123")]
    public void Takes_a_token_without_what_pasting_put_around_it(string value) => Assert.Equal("abc123", Accept("personal-token", value));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("abc 123")]
    [InlineData("abc\u200b123")]
    [InlineData("‘abc123’")]
    public void Refuses_a_token_no_header_could_carry(string value)
    {
        var problem = Refusal("personal-token", value);
        Assert.Equal("LCT1034", problem.Code);
        Assert.DoesNotContain("123", $"{problem} {problem.Why}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Short-1", "it has 7 characters")]
    [InlineData("onlylowercase", "it uses one kind of character only")]
    public void Refuses_a_root_password_the_api_would_refuse(string value, string why)
    {
        var problem = Refusal("default-root-password", value);
        Assert.Equal(("LCT1035", why), (problem.Code, problem.Why));
    }

    [Theory]
    [InlineData("default-root-password", "Correct horse 7")]
    [InlineData("my/own", "any\nthing ")]
    public void Keeps_other_values_exactly(string name, string value) => Assert.Equal(value, Accept(name, value));

    [Fact]
    public void Refuses_an_empty_value_and_an_impossible_name()
    {
        Assert.Equal("LCT1034", Refusal("my-own", "").Code);
        Assert.Equal("LCT1030", Refusal("My Own", "x").Code);
    }

    [Fact]
    public void Reads_the_file_from_disk_by_itself()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["id.pub"], Key + "\n");
        Assert.Equal(Key, KnownSecrets.Accept("default-root-ssh-public-key", folder["id.pub"]).Reveal());
    }

    private string Accept(string name, string value) => KnownSecrets.Accept(name, value, files.GetValueOrDefault).Reveal();

    private Problem Refusal(string name, string value) => Assert.Throws<LinodeToolkitException>(() => Accept(name, value)).Problem;
}
