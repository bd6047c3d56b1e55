namespace EndToEnd.Tests.Machines;

/// <summary>What a plan can have stricter, and what happens when a host is not the one it should be.</summary>
[Collection("machines")]
public sealed class StrictTests(Strict strict) : IClassFixture<Strict>
{
    [MachinesFact]
    public void From_its_first_link_up_on_a_host_is_closed_by_itself_where_no_Cloud_Firewall_guards_it()
    {
        Assert.Empty(strict.Scan.Holes(node => node == Strict.First));
        Assert.True(strict.Scan.KnocksAtCanary(Strict.First) > 50);
        Assert.NotEmpty(strict.Scan.Holes(node => node == Strict.Second)); // where nothing guards a canary it is heard
    }

    [MachinesFact]
    public async Task Root_off_and_pq_only_reach_sshd()
    {
        SshdTests.AssertAre(SshdTests.Wanted("no", SshdTests.PostQuantum), await SshdTests.SettingsAsync(strict.Fleet, Strict.First));
        Assert.Equal("root", await strict.Fleet.AskAsync(Strict.First, "id -nG root"));
        var key = strict.Fleet.AdminKey(Strict.First);
        Assert.Equal(255, (await strict.Fleet.SshAsync(Strict.First, "root", key, "", "true")).Code);
        var classic = await Program.RunAsync(
            "ssh", "-F", "/dev/null", "-o", "BatchMode=yes", "-o", "KexAlgorithms=curve25519-sha256,ecdh-sha2-nistp256",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", $"lctadmin@{(await strict.Fleet.AddressesAsync(Strict.First))[0]}", "true");
        Assert.Contains("no matching key exchange method", classic.Error);
    }

    [MachinesFact]
    public void An_impostor_is_refused_with_both_fingerprints_and_is_told_nothing()
    {
        foreach (var (lured, label) in new[] { (strict.LuredFirst, Strict.Second), (strict.LuredLater, Strict.First) })
        {
            Assert.Contains($"LCT6212: {label} shows another host key", lured.Ended(7).Error);
            Assert.Matches("known is SHA256:[A-Za-z0-9+/]{43}, shown is SHA256:[A-Za-z0-9+/]{43}", lured.Error);
        }

        Assert.Contains("203.0.113.", strict.Overheard); // it was called
        Assert.DoesNotContain("user", strict.Overheard.Replace("Server listening", "", StringComparison.Ordinal));
        Assert.DoesNotContain("publickey", strict.Overheard);
    }

    [MachinesFact]
    public async Task Once_the_impostors_are_gone_the_same_command_finishes_what_was_left()
    {
        strict.Mended.Ended(0);
        foreach (var label in new[] { Strict.First, Strict.Second })
        {
            Assert.Contains($"{Strict.Second}\n", await strict.Fleet.AskAsync(label, "tr ' ' '\\n' </etc/hosts; echo"));
        }

        Assert.DoesNotContain(
            Directory.GetFiles(strict.Fleet.At($"secrets/clusters/{strict.Fleet.ClusterOf(Strict.First)}"), "*", SearchOption.AllDirectories),
            file => file.EndsWith("host-key", StringComparison.Ordinal));
    }
}
