using System.ComponentModel;
using System.Diagnostics;

namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>Runs programs of the system: arguments as a list, no shell, and an exception with what the program said when it fails.</summary>
internal static class Tool
{
    private const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, string? input = null, CancellationToken cancel = default)
    {
        using var process = Start(program, arguments, input is not null);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            process.StandardInput.Close();
        }

        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? await output
            : throw new IOException($"{program} {string.Join(' ', arguments.Take(4))}: {Last(await errors)} (exit code {process.ExitCode})");
    }

    /// <summary>Runs a program whose failure does not matter, as when something is taken away that may be gone already.</summary>
    public static async Task TryAsync(string program, IReadOnlyList<string> arguments, string? input = null)
    {
        try
        {
            await RunAsync(program, arguments, input);
        }
        catch (IOException)
        {
            // Gone already, or held by somebody: the next look will tell.
        }
    }

    public static bool Exists(string program) =>
        Path.Split(':').Any(folder => File.Exists($"{folder}/{program}"));

    /// <summary>What is inherited by others holds nothing of the emulator's own environment: that may hold a token.</summary>
    public static void Clean(ProcessStartInfo start)
    {
        start.Environment.Clear();
        start.Environment["PATH"] = Path;
        start.Environment["LC_ALL"] = "C";
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, bool takesInput)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = takesInput, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Clean(start);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception wrong)
        {
            throw new IOException($"{program} cannot be run: {wrong.Message}", wrong);
        }
    }

    // Two lines: of a batch of commands the last one says which failed, the one before it why.
    private static string Last(string text) =>
        string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(2)) is { Length: > 0 } said ? said : "failed";
}
