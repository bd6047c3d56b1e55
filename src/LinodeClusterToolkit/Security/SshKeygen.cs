using System.ComponentModel;
using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>Makes ed25519 key pairs with OpenSSH's own program.</summary>
internal static class SshKeygen
{
    // Memory rather than disk where the system has such a folder: the private half is there for a moment only.
    private const string Memory = "/dev/shm";

    public static async Task<SshKeyPair> MakeAsync(CancellationToken cancellation)
    {
        var folder = Path.Combine(Directory.Exists(Memory) ? Memory : Path.GetTempPath(), $"lct-{Guid.NewGuid():N}");
        PrivateFiles.EnsureFolder(folder);
        try
        {
            var file = Path.Combine(folder, "key");
            await RunAsync(file, cancellation).ConfigureAwait(false);
            return SshKeyPair.Of(new(await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false)), "a new key");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string file, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-C", "", "-N", "", "-f", file])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // Whatever secrets this program was given by its environment are none of its business.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Environment.GetEnvironmentVariable("HOME");
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var said = await process.StandardError.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw new LinodeToolkitException(SecurityProblems.NoKeygen(said.Trim()));
            }
        }
        catch (Win32Exception missing)
        {
            throw new LinodeToolkitException(SecurityProblems.NoKeygen(missing.Message), missing);
        }
    }
}
