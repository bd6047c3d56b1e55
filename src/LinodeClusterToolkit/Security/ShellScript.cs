using System.Text;

namespace LinodeClusterToolkit.Security;

/// <summary>A script that never changes, and the data of one run of it: assignments that stand before it, calls of its functions behind it.</summary>
/// <remarks>All data is quoted in one place, so nothing of it is ever read as code.</remarks>
internal sealed class ShellScript
{
    private readonly StringBuilder data = new();
    private readonly StringBuilder text = new();
    private readonly StringBuilder calls = new();

    private ShellScript(string name) => Name = name;

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>A script that ships with the library, behind what all of them share.</summary>
    public static ShellScript Of(string room, string name) => new ShellScript(name).And("Security", "prelude").And(room, name);

    /// <summary>The text of a script as it stands in the sources.</summary>
    public static string Source(string room, string name)
    {
        using var stream = typeof(ShellScript).Assembly.GetManifestResourceStream($"LinodeClusterToolkit.{room}.Scripts.{name}.sh")
            ?? throw new InvalidOperationException($"the library was built without its script {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Another script behind this one.</summary>
    public ShellScript And(string room, string name)
    {
        text.Append(Slim(Source(room, name)));
        return this;
    }

    /// <summary>Sets a variable for the script.</summary>
    public ShellScript With(string variable, string value)
    {
        data.Append(variable).Append('=').Append(ShellText.Quote(value)).Append('\n');
        return this;
    }

    /// <summary>Calls one of its functions, after those called before.</summary>
    public ShellScript Call(string function, params IEnumerable<string> arguments)
    {
        calls.Append(function);
        foreach (var argument in arguments)
        {
            calls.Append(' ').Append(ShellText.Quote(argument));
        }

        calls.Append('\n');
        return this;
    }

    /// <summary>What a shell is given to read.</summary>
    public override string ToString() => $"{data}{text}{calls}printf 'lct done %s\\n' \"$changed\"\n";

    // Comments are for those who read the sources; a node's user data has room for what runs. A line that names an interpreter is none: scripts
    // write scripts.
    private static string Slim(string script) => string.Concat(
        script.Split('\n').Where(line => line.Trim() is { Length: > 0 } said && (said[0] != '#' || said.StartsWith("#!", StringComparison.Ordinal)))
            .Select(line => line + "\n"));
}
