using System.Net.Sockets;

namespace EndToEnd.Tests.Machines;

/// <summary>What the SSH server of a host accepts.</summary>
[Collection("machines")]
public sealed class SshdTests(Fleet fleet)
{
    // Names that this release of ssh-audit does not know yet; they are the strongest there are.
    private static readonly string[] Unknown = ["sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com", "kex-strict-s-v00@openssh.com"];

    [MachinesFact]
    public async Task Its_settings_are_those_of_the_design_as_sshd_itself_reads_them()
    {
        var settings = await SettingsAsync(fleet, Fleet.Web);
        AssertAre(Wanted("without-password", Hybrid), settings);
        Assert.DoesNotContain("acceptenv", settings.Select(setting => setting.Name));
        Assert.DoesNotContain("Debian", await BannerAsync((await fleet.AddressesAsync(Fleet.Web))[0]));
    }

    [MachinesFact("ssh-audit")]
    public async Task Ssh_audit_finds_no_failure_and_warns_of_nothing_but_names_it_does_not_know()
    {
        var audit = await Program.RunAsync("ssh-audit", "--no-colors", (await fleet.AddressesAsync(Fleet.Web))[0]);
        var lines = audit.Lines.Where(line => !Unknown.Any(name => line.Contains($" {name} ", StringComparison.Ordinal))).ToList();
        Assert.Contains(lines, line => line.Contains("(kex) curve25519-sha256 ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("[fail]", StringComparison.Ordinal) || line.Contains("[warn]", StringComparison.Ordinal));
    }

    [MachinesFact]
    public async Task Nobody_is_ever_asked_for_a_password_neither_before_nor_after_the_host_is_ready()
    {
        foreach (var label in Fleet.All)
        {
            Assert.Contains(fleet.Asked.Offers, offer => offer.Key.Node == label);
        }

        Assert.Equal(["publickey"], fleet.Asked.Offers.Keys.Select(offer => offer.Ways).Distinct());
        foreach (var user in new[] { "root", "lctadmin", "deploy", "nobody-known" })
        {
            Assert.Equal(["publickey"], (await PasswordProbe.OffersOfAsync((await fleet.AddressesAsync(Fleet.Db))[0], user)).Distinct());
        }
    }

    internal const string PostQuantum = "sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com";

    private const string Hybrid = $"{PostQuantum},curve25519-sha256,curve25519-sha256@libssh.org";

    internal static async Task<IReadOnlyList<(string Name, string Value)>> SettingsAsync(Fleet fleet, string label) =>
        [.. (await fleet.AskAsync(label, "mkdir -p -m 755 /run/sshd; sshd -T")).Split('\n')
            .Select(line => line.Split(' ', 2)).Select(parts => (parts[0].ToLowerInvariant(), parts.Length > 1 ? parts[1].Trim() : ""))];

    /// <summary>Each setting named has these values and no other.</summary>
    internal static void AssertAre(SortedDictionary<string, string> wanted, IReadOnlyList<(string Name, string Value)> settings) =>
        Assert.Empty(from setting in wanted
                     let inForce = string.Join(' ', settings.Where(one => one.Name == setting.Key).Select(one => one.Value))
                     where inForce != setting.Value
                     select $"{setting.Key} {inForce} (not {setting.Value})");

    private static async Task<string> BannerAsync(string address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, 22);
        using var reader = new StreamReader(client.GetStream());
        return (await reader.ReadLineAsync())!;
    }

    /// <summary>The table of the design, row by row; of key exchanges what this OpenSSH knows.</summary>
    internal static SortedDictionary<string, string> Wanted(string root, string kex) => new(StringComparer.Ordinal)
    {
        ["hostkey"] = "/etc/ssh/ssh_host_ed25519_key",
        ["kexalgorithms"] = kex,
        ["ciphers"] = "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr",
        ["macs"] = "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,umac-128-etm@openssh.com",
        ["hostkeyalgorithms"] = "ssh-ed25519,ssh-ed25519-cert-v01@openssh.com",
        ["pubkeyacceptedalgorithms"] = "ssh-ed25519,ssh-ed25519-cert-v01@openssh.com,sk-ssh-ed25519@openssh.com,sk-ssh-ed25519-cert-v01@openssh.com,"
            + "rsa-sha2-512,rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256,rsa-sha2-256-cert-v01@openssh.com",
        ["casignaturealgorithms"] = "ssh-ed25519,sk-ssh-ed25519@openssh.com,rsa-sha2-512,rsa-sha2-256",
        ["requiredrsasize"] = "3072",
        ["permitrootlogin"] = root,
        ["allowgroups"] = "lct-ssh",
        ["authenticationmethods"] = "publickey",
        ["pubkeyauthentication"] = "yes",
        ["passwordauthentication"] = "no",
        ["kbdinteractiveauthentication"] = "no",
        ["permitemptypasswords"] = "no",
        ["hostbasedauthentication"] = "no",
        ["gssapiauthentication"] = "no",
        ["kerberosauthentication"] = "no",
        ["usepam"] = "yes",
        ["strictmodes"] = "yes",
        ["ignorerhosts"] = "yes",
        ["x11forwarding"] = "no",
        ["allowagentforwarding"] = "no",
        ["allowtcpforwarding"] = "no",
        ["allowstreamlocalforwarding"] = "no",
        ["permittunnel"] = "no",
        ["gatewayports"] = "no",
        ["permituserenvironment"] = "no",
        ["permituserrc"] = "no",
        ["compression"] = "no",
        ["logingracetime"] = "30",
        ["maxauthtries"] = "3",
        ["maxsessions"] = "10",
        ["maxstartups"] = "10:30:60",
        ["persourcemaxstartups"] = "10",
        ["clientaliveinterval"] = "60",
        ["clientalivecountmax"] = "2",
        ["tcpkeepalive"] = "no",
        ["usedns"] = "no",
        ["loglevel"] = "VERBOSE",
        ["printmotd"] = "no",
    };
}
