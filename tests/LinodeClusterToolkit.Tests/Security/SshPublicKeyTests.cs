using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class SshPublicKeyTests
{
    private const string Body = "AAAAC3NzaC1lZDI1NTE5AAAAINwQ6c1KJbtyzjLz7tcjIs4bvSKa0R+rmp2YgLWA4Lyr";
    private const string Ed25519 = $"ssh-ed25519 {Body} admin@example.org";

    // Fingerprints as ssh-keygen -l printed them for these keys.
    [Theory]
    [InlineData(Ed25519, "ssh-ed25519", "SHA256:0HDPE+qa/TJJKYJcYvtbyPQxMr+dvcjmEOzHK3wY4fY")]
    [InlineData(
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKfgDyal8+QKA4w2ZtFjYhNXPdfPAeB0cTjGl+mOdqGEf7PI" +
        "thqL8QMkd4ORVFw+PuU32dS5GZw3/HnNM/meN2Q= admin@example.org",
        "ecdsa-sha2-nistp256", "SHA256:w635O1LM5rLzO5+p5gsz0H3nT74yaH4hr8CvE+QE20Y")]
    [InlineData(
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDMMg3qPh8F4jxUKf0wJIFbDzbcsy9D0TX1TxK3NVFzMyC3efpCMTqb5phwF6U13kMvjxxyNlX8KmuYtzPy" +
        "SeWYATrdC1lh9E92TCOIJ/yS4oCJdJGSo3NRG0lTpWyRwmkEdpD7880GobRGBcWfiMpdUReEL7OLa4NxXyA6nl22CXFaWwttXwxu4zeO6r8LCXl7DBQxT4o/" +
        "AE4GSRme7eCVHwrhMapJvzivLlQL7sjYyoOOsbR0u8C632V9I9NdH7RziDxo6nGhx/BZPEMvgZPHtdzfig+VgVtrl1HgYwZ7M70mYu9sLmH2l4elVtup898z" +
        "LTRrn8so+4dEreQtMGNHlHXCrZPHuCr4EwzpiGuYFNULiJVSyMvUs0+8HHdCbc/vLMleBt0zkdXltCbhE9eFvmgCo7k6tSA0lACV0huaF1PSow9/1p/IutoL" +
        "OzhjfkHLTxewojsuPloNrGqq6/ecCwJDf/Vq/HOyA5m/YBB9YKhyVcY7NyetZ5lt/KsqhBU= admin@example.org",
        "ssh-rsa", "SHA256:Pfji2Ox1qIVfum/B6x/UePaDvRZS4314dYsDVKRGvUs")]
    public void Reads_the_keys_ssh_keygen_makes(string line, string type, string fingerprint)
    {
        var key = SshPublicKey.Parse(line + "\n", "id.pub");
        Assert.Equal((type, "admin@example.org", fingerprint), (key.Type, key.Comment, key.Fingerprint));
        Assert.Equal(line, key.ToString());
    }

    [Fact]
    public void Takes_a_key_without_comment_and_a_comment_of_several_words()
    {
        Assert.Equal("", SshPublicKey.Parse($"ssh-ed25519 {Body}", "x").Comment);
        Assert.Equal($"ssh-ed25519 {Body} my own key", SshPublicKey.Parse($"  ssh-ed25519  {Body} my own key ", "x").ToString());
    }

    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\n")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\n")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519\n")]
    public void Refuses_a_private_key_and_names_the_file_to_give(string text)
    {
        var problem = Refusal(text, "/home/me/.ssh/id_rsa");
        Assert.Equal(("LCT1021", "/home/me/.ssh/id_rsa is a private key; nothing was stored"), (problem.Code, problem.What));
        Assert.Equal(["give /home/me/.ssh/id_rsa.pub"], problem.Fixes);
    }

    [Theory]
    [InlineData("", "it is not of the form")]
    [InlineData("ssh-ed25519", "it is not of the form")]
    [InlineData(Ed25519 + "\r\n", "Windows line ends")]
    [InlineData(Ed25519 + "\n" + Ed25519 + "\n", "more than one line")]
    [InlineData(Ed25519 + "\u001b[31m", "control character")]
    [InlineData("from=\"10.0.0.1\" " + Ed25519, "is no key type")]
    [InlineData("ssh-dss AAAA", "DSA")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA!", "not base64")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINwQ6c1KJbtyzjLz7tcjIs4bvSKa0R+r you", "cut off")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 you", "cut off")]
    [InlineData("ssh-rsa " + Body, "not a key of the type it says")]
    [InlineData("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "ssh-keygen -i")]
    public void Refuses_what_is_no_single_sound_key(string text, string why)
    {
        var problem = Refusal(text, "id.pub");
        Assert.Equal("LCT1031", problem.Code);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
    }

    private static Problem Refusal(string text, string source) =>
        Assert.Throws<LinodeToolkitException>(() => SshPublicKey.Parse(text, source)).Problem;
}
