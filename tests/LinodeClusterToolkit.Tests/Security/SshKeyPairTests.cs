using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class SshKeyPairTests
{
    [Fact]
    public async Task A_new_pair_is_one_that_openssh_itself_reads_and_no_two_are_the_same()
    {
        var (one, two) = (await SshKeygen.MakeAsync(default), await SshKeygen.MakeAsync(default));

        Assert.Equal("ssh-ed25519", one.Public.Type);
        Assert.NotEqual(one.Public, two.Public);
        Assert.EndsWith("-----END OPENSSH PRIVATE KEY-----\n", one.Private.Reveal(), StringComparison.Ordinal);
        Assert.DoesNotContain('\r', one.Private.Reveal());
        Assert.Equal(one.Public, SshKeyPair.Of(one.Private, "a test").Public);
    }

    [Fact]
    public async Task Nothing_of_a_new_key_is_left_in_a_file()
    {
        var made = await SshKeygen.MakeAsync(default);

        var folder = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Assert.DoesNotContain(
            Directory.EnumerateFiles(folder, "key*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }),
            file => File.ReadAllText(file).Contains(made.Public.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\n!!!\n-----END OPENSSH PRIVATE KEY-----\n")]
    public void What_is_no_such_key_is_said_to_be_none_without_showing_it(string text)
    {
        var problem = Assert.Throws<LinodeToolkitException>(() => SshKeyPair.Of(new(text), "the secret x")).Problem;

        Assert.Equal(("LCT7205", "the secret x"), (problem.Code, problem.Where));
        Assert.DoesNotContain("AAAA", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_cut_off_anywhere_is_none()
    {
        var whole = FakeKeys.Make().Private.Reveal();
        var body = string.Concat(whole.Split('\n').Where(line => !line.StartsWith('-')));

        Assert.All(Enumerable.Range(1, body.Length / 4 - 1), quarter => Assert.Throws<LinodeToolkitException>(() => SshKeyPair.Of(
            new($"-----BEGIN OPENSSH PRIVATE KEY-----\n{body[..(quarter * 4)]}\n-----END OPENSSH PRIVATE KEY-----\n"), "x")));
    }
}
