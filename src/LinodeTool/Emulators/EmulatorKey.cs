using System.Diagnostics;
using LinodeTool.Settings;

namespace LinodeTool.Emulators;

/// <summary>An SSH key pair for emulated nodes, so that the emulator needs nothing of the user's own.</summary>
internal static class EmulatorKey
{
    /// <summary>The public key's file; made on first use. Null where this machine has no ssh-keygen: records need no key.</summary>
    public static async Task<string?> EnsureAsync(string home, CancellationToken cancellation)
    {
        var file = Path.Combine(home, "id_ed25519");
        if (!File.Exists(file + ".pub"))
        {
            PrivateFiles.Folder(home);
            var start = new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "linodetool-emulator", "-f", file])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            try
            {
                using var process = Process.Start(start)!;
                process.StandardInput.Close();
                await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return null;
            }
        }

        return File.Exists(file + ".pub") ? file + ".pub" : null;
    }
}
