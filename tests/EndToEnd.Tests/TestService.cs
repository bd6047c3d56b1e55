using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>A script of the repository that starts, restarts and stops a server in a folder.</summary>
internal static class TestService
{
    /// <param name="script">The script.</param>
    /// <param name="verb">What it is to do.</param>
    /// <param name="folder">Where the server is.</param>
    /// <param name="missing">What is to be said where it fails.</param>
    /// <returns>What it printed.</returns>
    public static async Task<string> CallAsync(string script, string verb, string folder, string missing)
    {
        using var program = Process.Start(new ProcessStartInfo(Build.Repository(script), [verb, folder]) { RedirectStandardOutput = true })!;
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return program.ExitCode == 0 ? output : throw new InvalidOperationException(missing);
    }
}
