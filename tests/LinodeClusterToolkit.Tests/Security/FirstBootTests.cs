using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Security;

public sealed class FirstBootTests
{
    private const int MostUserData = 16_384;
    private static readonly string[] AllProfiles = ["dns", "metadata", "ntp", "packages", "ping"];

    [Fact]
    public void User_data_stays_below_the_platforms_bound_whatever_a_plan_says()
    {
        var policy = new SshPolicy
        {
            Admin = new string('a', 32), From = [.. Enumerable.Range(0, 255).Select(at => $"198.51.{at}.0/24")], PostQuantumOnly = true, Root = false,
        };
        var names = new[] { new string('h', 63), $"{new string('p', 60)}.example.com", $"{new string('q', 60)}.internal" };

        var data = FirstBoot.UserData(Hardening.Script(Hardening.Stage.Boot, names, policy, FakeKeys.Make().Public, AllProfiles), FakeKeys.Make());

        Assert.InRange(data.Reveal().Length, 1, MostUserData);
    }

    [Fact]
    public void It_brings_the_host_key_and_closes_the_node_before_sshd_starts()
    {
        var host = FakeKeys.Make();
        var config = Unpack(FirstBoot.UserData(Script(), host));

        Assert.Equal(host.Private.Reveal(), config.GetProperty("ssh_keys").GetProperty("ed25519_private").GetString());
        Assert.Equal(host.Public.ToString(), config.GetProperty("ssh_keys").GetProperty("ed25519_public").GetString());
        Assert.True(config.GetProperty("ssh_deletekeys").GetBoolean());
        Assert.Equal(0, config.GetProperty("ssh_genkeytypes").GetArrayLength());
        Assert.Equal(0, config.GetProperty("users").GetArrayLength());
        var command = config.GetProperty("bootcmd")[0];
        Assert.Equal("sh -c", $"{command[0]} {command[1]}");
        Assert.StartsWith("[ ! -e /etc/lct/base.nft ] || exit 0\n", command[2].GetString(), StringComparison.Ordinal);
        Assert.Contains("table inet lct_lockdown", command[2].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_script_is_sound_to_a_posix_shell()
    {
        var scripts = Directory.EnumerateFiles(Repository.Path("src/LinodeClusterToolkit"), "*.sh", SearchOption.AllDirectories).ToList();

        Assert.True(scripts.Count >= 7);
        Assert.All(scripts, script => Assert.Equal((0, ""), Run("sh", "-n", script)));
        Assert.Equal((0, ""), RunWith($"{Script()}", "sh", "-n"));
    }

    [Fact]
    public void A_private_key_is_only_in_what_is_given_to_the_node()
    {
        var script = $"{Script()}";

        Assert.DoesNotContain("PRIVATE KEY", script, StringComparison.Ordinal);
        Assert.Equal("***", FirstBoot.UserData(Script(), FakeKeys.Make()).ToString());
    }

    [NftFact]
    public void The_rules_are_taken_by_nft_for_every_set_of_profiles_and_networks()
    {
        string[][] networks = [["0.0.0.0/0", "::/0"], ["203.0.113.0/24"], ["2001:db8::/32"], ["10.0.0.0/8", "10.1.0.0/16", "192.0.2.7/32"], []];
        foreach (var (admins, profiles) in networks.SelectMany(some => new[] { [], AllProfiles, ["dns"] }.Select(profiles => (some, profiles))))
        {
            var rules = HostFirewall.Base([.. admins.Select(IPNetwork.Parse)], profiles);
            Assert.Equal((0, ""), RunWith($"define packager = 42\n{rules}", "nft", "-c", "-f", "-"));
        }

        Assert.Equal((0, ""), RunWith(HostFirewall.Lockdown(), "nft", "-c", "-f", "-"));
    }

    [Fact]
    public void No_other_profile_becomes_a_rule() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HostFirewall.Base([], ["dns; } table inet x {"]));

    private static ShellScript Script() => Hardening.Script(Hardening.Stage.Boot, ["web-1", "web-1.example.com"], new(), FakeKeys.Make().Public, []);

    private static JsonElement Unpack(Sensitive data)
    {
        using var unzipped = new GZipStream(new MemoryStream(Convert.FromBase64String(data.Reveal())), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.Equal("#cloud-config", reader.ReadLine());
        using var document = JsonDocument.Parse(reader.ReadToEnd());
        return document.RootElement.Clone();
    }

    private static (int Code, string Said) Run(params string[] words) => RunWith("", words);

    private static (int Code, string Said) RunWith(string input, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}

/// <summary>Needs nft and root: a check of rules asks the kernel.</summary>
internal sealed class NftFactAttribute : FactAttribute
{
    public NftFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/sbin/nft"))
        {
            Skip = "needs nft and root";
        }
    }
}
