using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Emulators;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class EmulatorStartCommand
{
    private static readonly string[] Latencies = ["real", "fast", "none"];

    private static readonly Guide Guide = new(
        "To start the local emulator with options of your own; --emulator on any command starts it with the usual ones.",
        [
            "emulator start", "emulator start --latency real --seed 7", "emulator start --packages redis-server",
            "emulator start --fault 'sold-out=us-east' --fault '502 chance=0.05'", "emulator start --fault bad-day=7",
            "emulator start --account acme --account globex=a-token",
        ],
        ["emulator status", "emulator stop", "emulator run"]);

    public static Verb Create()
    {
        var port = Words.Text("--port", "N", "Port on this machine; 0 takes a free one");
        var seed = Words.Text("--seed", "N", "What durations and chances are drawn from");
        var latency = Words.Text("--latency", "PROFILE", "real, fast (as usual) or none");
        var hosts = Words.Text("--hosts", "KIND", "machines, records, or auto: machines where this system can have them");
        var packages = Words.Text("--packages", "P,Q", "Debian packages its machines have beside the usual ones, such as redis-server");
        var fault = Words.Many("--fault", "SPEC", "Something that goes wrong, or bad-day for a mixture; give it several times for several");
        var account = Words.Many("--account", "NAME[=TOKEN]",
            "An account of its own, for the customer of that name; give it several times for several");
        return new Verb("start", "Start the local emulator", Guide, async context =>
        {
            var options = new EmulatorOptions
            {
                Port = Whole("--port", context.Value(port), 65535) is { } number ? (int)number : 0,
                Seed = Whole("--seed", context.Value(seed), long.MaxValue)?.ToString(CultureInfo.InvariantCulture),
                Latency = LatencyOf(context.Value(latency)),
                Hosts = HostsOf(context.Value(hosts)) ?? context.EmulatorHosts,
                Faults = context.Value(fault),
                Accounts = context.Value(account),
                Packages = context.Value(packages) ?? context.EmulatorPackages,
            };
            using var local = context.LocalEmulator();
            var (record, started) = await local.EnsureAsync(options, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note(started ? record.Disclosure
                : "it runs already, with the options it was started with; stop it first to change them");
            context.View.One(await local.LookAsync(context.Cancellation).ConfigureAwait(false), EmulatorView.Shape, EmulatorView.Text);
            return ExitCode.Done;
        })
        {
            port, seed, latency, hosts, packages, fault, account,
        };
    }

    private static string LatencyOf(string? word) => word is null ? "fast" : Latencies.Contains(word) ? word
        : throw new LinodeToolkitException(UsageProblems.BadValue("--latency", word, $"one of {string.Join(", ", Latencies)}", Latencies));

    private static string? HostsOf(string? word) => word is null || EmulatorOptions.HostKinds.Contains(word) ? word
        : throw new LinodeToolkitException(
            UsageProblems.BadValue("--hosts", word, $"one of {string.Join(", ", EmulatorOptions.HostKinds)}", EmulatorOptions.HostKinds));

    private static long? Whole(string option, string? text, long most) => text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : throw new LinodeToolkitException(UsageProblems.BadValue(option, text, $"a whole number up to {most}"));
}
