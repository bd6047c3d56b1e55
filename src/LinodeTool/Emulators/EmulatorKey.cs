using System.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;
using LinodeTool.Commands;
using LinodeTool.Settings;

namespace LinodeTool.Emulators;

/// <summary>An SSH key pair for emulated nodes, so that the emulator needs nothing of the user's own.</summary>
internal static class EmulatorKey
{
    /// <summary>Makes the pair on first use and stores its public half, unless one was set; records do without where this machine has no ssh-keygen.</summary>
    public static async Task EnsureAsync(string home, ISecretStore secrets, CancellationToken cancellation)
    {
        var file = Path.Combine(home, "id_ed25519");
        if (File.Exists(file) || await secrets.FindAsync(KnownSecrets.DefaultRootSshPublicKey, cancellation).ConfigureAwait(false) is not null)
        {
            return;
        }

        PrivateFiles.Folder(home);
        if (await GenerateAsync(file, cancellation).ConfigureAwait(false))
        {
            var key = await File.ReadAllTextAsync(file + ".pub", cancellation).ConfigureAwait(false);
            await secrets.SetAsync(KnownSecrets.DefaultRootSshPublicKey, new Sensitive(key.Trim()), cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<bool> GenerateAsync(string file, CancellationToken cancellation)
    {
        var start = SecretVariables.Without(new("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "linodetool-emulator", "-f", file])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        });
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
