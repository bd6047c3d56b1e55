using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Remote;

public sealed class KnownHostsFileTests
{
    private static readonly SshPublicKey First = Key(1);
    private static readonly SshPublicKey Second = Key(2);

    [Fact]
    public void Keys_of_a_host_are_found_replaced_and_forgotten()
    {
        using var folder = new TempFolder();
        var file = new KnownHostsFile(folder["known_hosts"]);
        Assert.Equal([], file.Find("4711"));

        file.Set("4711", [First]);
        file.Set("4712", [First, Second]);
        file.Set("4711", [Second]);

        Assert.Equal([Second.Body], file.Find("4711").Select(key => key.Body));
        Assert.Equal([First.Body, Second.Body], file.Find("4712").Select(key => key.Body));
        file.Remove("4712");
        Assert.Equal([], file.Find("4712"));
        Assert.Equal($"4711 {Second.Type} {Second.Body}\n", File.ReadAllText(folder["known_hosts"]));
    }

    [Fact]
    public void Lines_of_others_and_comments_stay()
    {
        using var folder = new TempFolder();
        var others = $"# mine\n@cert-authority *.example.org {First}\n|1|abc=|def= {First}\n\ngateway,4711 {First}\n";
        File.WriteAllText(folder["known_hosts"], others);

        new KnownHostsFile(folder["known_hosts"]).Set("4711", [Second]);

        Assert.Equal(
            $"{others.Replace("gateway,4711", "gateway")}4711 {Second.Type} {Second.Body}\n", File.ReadAllText(folder["known_hosts"]));
    }

    [Fact]
    public void The_file_is_its_owners_alone_and_nothing_is_left_beside_it_but_its_lock()
    {
        using var folder = new TempFolder();
        var path = folder["new/known_hosts"];

        new KnownHostsFile(path).Set("4711", [First]);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal([path, path + ".lock"], Directory.EnumerateFiles(folder["new"]).Order(StringComparer.Ordinal));
        Assert.Empty(File.ReadAllBytes(path + ".lock"));
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        using var folder = new TempFolder();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            Task.Run(() => new KnownHostsFile(folder["known_hosts"]).Set($"{number}", [First]))));

        Assert.Equal(50, File.ReadAllLines(folder["known_hosts"]).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("@revoked")]
    [InlineData("a\nb")]
    [InlineData("-R")]
    public void An_alias_that_would_mean_more_than_itself_is_refused(string alias)
    {
        using var folder = new TempFolder();

        var refused = Assert.Throws<LinodeToolkitException>(() => new KnownHostsFile(folder["known_hosts"]).Set(alias, [First]));

        Assert.Equal("LCT6219", refused.Problem.Code);
    }

    private static SshPublicKey Key(byte filler)
    {
        byte[] body = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. Enumerable.Repeat(filler, 32)];
        return SshPublicKey.Parse($"ssh-ed25519 {Convert.ToBase64String(body)}", "a test");
    }
}
