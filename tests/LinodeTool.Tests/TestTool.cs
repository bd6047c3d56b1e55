using LinodeTool.Host;

namespace LinodeTool.Tests;

/// <summary>The tool in this process, with a machine of the test's own.</summary>
internal sealed class TestTool : IDisposable
{
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public TestTool() => Directory.CreateDirectory(Home);

    public string Home { get; } = Path.Combine(Path.GetTempPath(), "linodetool-test-" + Guid.NewGuid().ToString("N"));

    public Dictionary<string, string> Environment { get; } = [];

    public string Input { get; init; } = "";

    public bool AtTerminal { get; init; }

    public string Out => output.ToString();

    public string Error => error.ToString();

    public ToolHost Host => new()
    {
        Environment = Environment,
        Folder = Home,
        Home = Home,
        ProgramFolder = Path.Combine(Home, "program"),
        In = new StringReader(Input),
        Out = output,
        Error = error,
        InIsTerminal = AtTerminal,
        OutIsTerminal = AtTerminal,
        ErrorIsTerminal = AtTerminal,
    };

    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    public async Task<int> RunAsync(params string[] args) => (int)await App.RunAsync(args, Host);

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
