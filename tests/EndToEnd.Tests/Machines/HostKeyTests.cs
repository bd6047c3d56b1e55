namespace EndToEnd.Tests.Machines;

/// <summary>Who a host is, and who may come in.</summary>
[Collection("machines")]
public sealed class HostKeyTests(Fleet fleet)
{
    [MachinesFact]
    public async Task Every_host_has_a_host_key_and_an_admin_key_of_its_own()
    {
        var (hosts, admins) = (new HashSet<string>(), new HashSet<string>());
        foreach (var label in Fleet.All)
        {
            var shown = await fleet.AskAsync(label, "cut -d' ' -f2 /etc/ssh/ssh_host_ed25519_key.pub; ls /etc/ssh/ssh_host_*");
            Assert.EndsWith("\n/etc/ssh/ssh_host_ed25519_key\n/etc/ssh/ssh_host_ed25519_key.pub", shown);
            Assert.True(hosts.Add(shown.Split('\n')[0]), $"{label} shows a host key that another has too");
            var admin = await fleet.AskAsync(label, "cut -d' ' -f2 /home/lctadmin/.ssh/authorized_keys");
            Assert.True(admins.Add(admin), $"{label} lets in the admin of another");
        }

        var web = fleet.AdminKey(Fleet.Web);
        Assert.Equal(255, (await fleet.SshAsync(Fleet.Web2, "lctadmin", web, "", "true")).Code);
        var known = await File.ReadAllTextAsync(fleet.KnownHosts(Fleet.Web));
        Assert.All(hosts, host => Assert.Contains(host, known));
        Assert.Equal(Fleet.All.Length, known.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [MachinesFact]
    public async Task The_key_of_the_first_boot_is_gone_from_host_and_store()
    {
        Assert.Empty(Directory.GetFiles(fleet.At($"secrets/clusters/{fleet.ClusterOf(Fleet.Web)}"), "host-key", SearchOption.AllDirectories));
        var first = fleet.Watched.Secrets.Where(pair => pair.Key.EndsWith("/host-key", StringComparison.Ordinal)).ToList();
        Assert.Equal(Fleet.All.Length, first.Count); // the watch has seen them come and go
        foreach (var label in Fleet.All)
        {
            var mark = first.Single(pair => pair.Key.Contains($"/{label}/", StringComparison.Ordinal)).Value;

            // By standard input, so that no process shows what is looked for. User data is kept packed too: by what unpacks.
            var left = await fleet.AskAsync(label, $"""
                umask 077
                cat >/run/mark <<'END'
                {mark}
                END
                grep -rlF -f /run/mark /etc /root /home /var /tmp /run --exclude=mark || :
                find /var/lib/cloud /run/cloud-init -type f | while read -r file; do
                  for unpack in 'base64 -d | gzip -dc' 'gzip -dc'; do
                    ! sh -c "$unpack" <"$file" 2>/dev/null | grep -qF -f /run/mark || echo "$file, packed"
                  done
                done
                rm /run/mark
                """);
            Assert.Equal("", left);
        }
    }
}
