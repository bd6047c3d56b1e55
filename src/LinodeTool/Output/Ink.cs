using LinodeTool.Host;

namespace LinodeTool.Output;

/// <summary>Colours of one stream, or none: an escape byte leaves only towards a terminal that understands it.</summary>
internal sealed class Ink(bool on)
{
    public static Ink None { get; } = new(false);

    public bool On => on;

    /// <summary>The flag beats NO_COLOR beats FORCE_COLOR; a pipe and TERM=dumb get none unless forced.</summary>
    public static Ink For(ToolHost host, string color, bool isTerminal) => new(color switch
    {
        "always" => true,
        "never" => false,
        _ when host.Variable("NO_COLOR") is not null => false,
        _ when host.Variable("FORCE_COLOR") is { } force && force != "0" => true,
        _ => isTerminal && Understands(host),
    });

    /// <summary>True where the terminal can move its cursor.</summary>
    public static bool Understands(ToolHost host) => host.Variable("TERM") is { } term && term != "dumb";

    public string Red(string text) => Paint("31", text);

    public string Green(string text) => Paint("32", text);

    public string Yellow(string text) => Paint("33", text);

    private string Paint(string code, string text) => on ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
