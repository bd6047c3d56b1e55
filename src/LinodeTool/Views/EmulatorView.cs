using System.Globalization;
using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class EmulatorView
{
    public static Shape<EmulatorDocument> Shape => new(ToolJson.Default.EmulatorDocument, emulator => emulator.Url ?? "",
    [
        new("state", emulator => emulator.Running ? "running" : "not running"),
        new("url", emulator => emulator.Url),
        new("pid", emulator => emulator.Pid?.ToString(CultureInfo.InvariantCulture)) { Right = true },
        new("home", emulator => emulator.Home),
    ]);

    public static IEnumerable<string> Text(EmulatorDocument emulator) => Facts.Lines(
        ("emulator", emulator.Running ? "running" : "not running"), ("url", emulator.Url),
        ("pid", emulator.Pid?.ToString(CultureInfo.InvariantCulture)),
        ("started", emulator.Started is { } at ? Say.Time(at) : null),
        ("hosts", emulator.Hosts switch
        {
            null => null,
            "records" => "records (nothing boots; API answers are true to the platform)",
            var kind => $"{kind} (Debian systems on this machine)",
        }),
        ("home", emulator.Home), ("log", emulator.Log));
}
