using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Plans;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>What the platform writes on a system's disk: who may log in, user data and the StackScript before the first boot, the network helper's
/// files before each.</summary>
internal static class FirstBoot
{
    private const string OursAlone = "there was no user data\n";

    public static void Write(string root, MachinePlan plan, DiskSetup setup)
    {
        if (setup.PasswordHash is { } hash)
        {
            SetPassword($"{root}/etc/shadow", hash);
        }

        if (setup.AuthorizedKeys.Count > 0)
        {
            Files.MakePrivateFolder($"{root}/root/.ssh");
            Files.WritePrivate($"{root}/root/.ssh/authorized_keys", string.Join('\n', setup.AuthorizedKeys.Select(key => key.Trim())) + "\n");
        }

        // What an image brings along of the node it was made of.
        foreach (var old in new[] { "root/StackScript", "root/.stackscript.env", "var/lib/stackscript-ran" })
        {
            File.Delete($"{root}/{old}");
        }

        WriteUserData(root, plan);
        if (setup.Script is { } script)
        {
            Files.WritePrivate($"{root}/root/StackScript", script.ReplaceLineEndings("\n"), isProgram: true);
            Files.WritePrivate($"{root}/root/.stackscript.env", ScriptEnvironment.Text(plan, setup.ScriptData));
        }
    }

    /// <summary>What may have changed since the last boot: where names are looked up, and which drives there are.</summary>
    public static void WriteEachTime(string root, MachinePlan plan, string devices)
    {
        File.Delete($"{root}/etc/resolv.conf");
        var resolvers = string.Concat(plan.Resolvers.Select(address => $"nameserver {address}\n"));
        Files.Write($"{root}/etc/resolv.conf", resolvers + "options timeout:2 attempts:1\n");
        Files.Write($"{root}/usr/lib/tmpfiles.d/node-devices.conf", devices);
    }

    private static void WriteUserData(string root, MachinePlan plan)
    {
        var off = $"{root}/etc/cloud/cloud-init.disabled";
        if (plan.UserData is not { } data)
        {
            // Nothing for cloud-init to do, so it does not run: it would cost each boot two seconds of a processor.
            if (Directory.Exists($"{root}/etc/cloud"))
            {
                Files.Write(off, OursAlone);
            }

            return;
        }

        // An image may be of a node that was given nothing. What was turned off on the node itself stays off.
        if (File.Exists(off) && File.ReadAllText(off) == OursAlone)
        {
            File.Delete(off);
        }

        var seed = $"{root}/var/lib/cloud/seed/nocloud";
        Files.MakePrivateFolder(seed);
        using var file = Files.OpenPrivate($"{seed}/user-data", FileMode.Create);
        file.Write(Convert.FromBase64String(data));
        Files.WritePrivate($"{seed}/meta-data", $"instance-id: {plan.Id}\n");
    }

    private static void SetPassword(string shadow, string hash)
    {
        var lines = File.ReadAllLines(shadow);
        for (var at = 0; at < lines.Length; at++)
        {
            var fields = lines[at].Split(':');
            if (fields[0] == "root")
            {
                fields[1] = hash;
                lines[at] = string.Join(':', fields);
            }
        }

        // In place: the file keeps its owner and mode.
        File.WriteAllLines(shadow, lines);
    }
}
