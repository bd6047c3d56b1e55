using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Emulators;
using LinodeTool.Grammar;
using LinodeTool.Settings;

namespace LinodeTool.Commands;

internal static class EmulatorRunCommand
{
    private static readonly Guide Guide = new(
        "To let any program that talks to Linode talk to the emulator: address and token are set in its environment.",
        ["emulator run -- linode-cli linodes list", "emulator run -- sh -c 'curl -sH \"Authorization: Bearer $LINODE_TOKEN\" $LINODE_URL/v4/regions'"],
        ["emulator start", "emulator status"])
    {
        ExitNotes = ["that of the command"],
    };

    public static Verb Create()
    {
        var command = new Rest("Command and its arguments");
        return new Verb("run", "Run a command against the emulator", Guide, async context =>
        {
            var words = context.Value(command);
            using var local = context.LocalEmulator();
            var (record, _) = await local.EnsureAsync(
                new EmulatorOptions { Hosts = context.EmulatorHosts, Packages = context.EmulatorPackages }, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note(record.Disclosure);

            // The command is the user's own, and may well call this tool; the emulator's own token comes in place of the user's.
            var start = SecretVariables.With(new ProcessStartInfo(words[0], words.Skip(1)), context.Host);
            foreach (var (name, value) in Variables(record, record.TokenOf(context.Customer.Customer)))
            {
                start.Environment[name] = value;
            }

            return await RunAsync(context, start).ConfigureAwait(false);
        }).Taking(command);
    }

    /// <summary>What this tool, Linode's Go library and linode-cli look at.</summary>
    private static IEnumerable<(string Name, string Value)> Variables(EmulatorRecord record, string token)
    {
        var url = new Uri(record.Url);
        return
        [
            ("LINODETOOL_API_URL", record.Url), ("LINODETOOL_TOKEN", token), ("LINODE_URL", record.Url), ("LINODE_TOKEN", token),
            ("LINODE_CLI_TOKEN", token), ("LINODE_CLI_API_SCHEME", url.Scheme), ("LINODE_CLI_API_HOST", url.Authority),
                ("LINODE_CLI_API_VERSION", "v4"), ("LINODETOOL_REMOTE", record.Hosts == "records" ? "recorder" : "openssh"),
        ];
    }

    /// <summary>Ctrl-C reaches the command by itself, being in the same group; we wait for what it makes of it.</summary>
    private static async Task<ExitCode> RunAsync(ToolContext context, ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(context.Host.Interrupt.Leave).ConfigureAwait(false);
            return (ExitCode)process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new LinodeToolkitException(EmulatorProblems.CannotRun(start.FileName, failure.Message), failure);
        }
    }
}
