using System.Runtime.InteropServices;
using System.Text.Json;
using LinodeEmulator;
using LinodeEmulator.Hosts.Machines;
using LinodeEmulator.Wire;

if (args is ["--help"] or ["-h"])
{
    Console.Out.WriteLine(CommandLine.Usage);
    return 0;
}

EmulatorOptions options;
try
{
    options = CommandLine.Parse(args is ["prepare", ..] ? args[1..] : args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"linode-emulator: {wrong.Message}\nTry: linode-emulator --help");
    return 2;
}

try
{
    if (args is ["prepare", ..])
    {
        Console.Out.WriteLine(await MachineHosts.PrepareAsync(options));
        return 0;
    }

    await using var emulator = await Emulator.StartAsync(options);
    var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    var core = emulator.Core;
    var ready = new ReadyLine(
        emulator.Url.GetLeftPart(UriPartial.Authority), emulator.ControlUrl.AbsoluteUri, Environment.ProcessId, EmulatorCore.Version, core.Hosts.Name,
        core.Hosts.Note, options.Seed,
        core.LatencyName, options.Limits.Name, core.CatalogueName, core.ClockKind, options.StateDirectory)
    {
        Accounts = options.Accounts.Count == 0 ? null : [.. options.Accounts.Select(account => account.Name)],
    };
    Console.Out.WriteLine(JsonSerializer.Serialize(ready, ControlJson.Default.ReadyLine));
    await Task.WhenAny(asked.Task, emulator.Stopped);
    return 0;

    void End(PosixSignalContext context)
    {
        context.Cancel = true;
        asked.TrySetResult();
    }
}
catch (PlatformNotSupportedException wrong)
{
    Console.Error.WriteLine($"linode-emulator: {wrong.Message}");
    return 2;
}
catch (IOException wrong)
{
    Console.Error.WriteLine($"linode-emulator: {wrong.Message}");
    return 1;
}
