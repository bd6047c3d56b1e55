using System.CommandLine;

namespace LinodeTool.Grammar;

/// <summary>Options every command takes, at any place of the line.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Output { get; } = Words.Text("--output", "FORMAT", "table, wide, json, yaml or name", "-o");

    public Option<string?> Columns { get; } = Words.Text("--columns", "A,B", "Only these columns of a table, in this order");

    public Option<bool> NoHeader { get; } = Words.Flag("--no-header", "Tables without their first line");

    public Option<bool> Quiet { get; } = Words.Flag("--quiet", "Only the result and errors", "-q");

    public Option<bool> Verbose { get; } = Words.Flag("--verbose", "Say more; -vv says still more", "-v");

    public Option<bool> Debug { get; } = Words.Flag("--debug", "Stack traces and HTTP lines, secrets masked");

    public Option<string?> Color { get; } = Words.Text("--color", "WHEN", "auto, always or never");

    public Option<string?> Progress { get; } = Words.Text("--progress", "VIEW", "auto, tty, plain, json or none");

    public Option<string?> Events { get; } = Words.Text("--events", "FILE", "Copy of the run's events, one JSON object a line");

    public Option<bool> Yes { get; } = Words.Flag("--yes", "Agree to everything that would be asked", "-y");

    public Option<bool> NoInput { get; } = Words.Flag("--no-input", "Never ask; implied where nobody can answer");

    public Option<bool> DryRun { get; } = Words.Flag("--dry-run", "Show what would be done, send no write call");

    public Option<string?> Profile { get; } = Words.Text("--profile", "NAME", "Profile of the configuration file");

    public Option<string?> Config { get; } = Words.Text("--config", "FILE", "Configuration file");

    public Option<string?> ApiUrl { get; } = Words.Text("--api-url", "URL", "Address of the API");

    public Option<bool> Emulator { get; } = Words.Flag("--emulator", "Work on a local emulator, started when needed");

    public Option<string?> Api { get; } = Words.Text("--api", "VERSION", "Version of the API: v4 (as is usual) or v3");

    public Option<string?> App { get; } = Words.Text("--app", "ID", "Application the records belong to");

    public Option<string?> Customer { get; } = Words.Text("--customer", "ID", "Customer the records belong to");

    public Option<string?> MaxMonthlyCost { get; } = Words.Text("--max-monthly-cost", "USD", "Refuse to create what costs more a month");

    public Option<bool> Wait { get; } = Words.Flag("--wait", "Stay until the work has ended (as is usual)");

    public Option<bool> NoWait { get; } = Words.Flag("--no-wait", "Do not stay until the work has ended");

    public Option<string?> Timeout { get; } = Words.Text("--timeout", "TIME", "Longest wait, such as 90s, 10m, 2h");

    public Option<string?> Parallelism { get; } = Words.Text("--parallelism", "N", "Most API calls under way at once");

    public Option<bool> Help { get; } = Words.Flag("--help", "Explain the command", "-h");

    public Option<bool> Version { get; } = Words.Flag("--version", "Print the version");

    /// <summary>By what they are about, the order of help.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<Option> Options)> Sections =>
    [
        ("output", [Output, Columns, NoHeader, Quiet, Verbose, Debug, Color, Progress, Events]),
        ("consent", [Yes, NoInput, DryRun, MaxMonthlyCost]),
        ("where", [Profile, Config, ApiUrl, Api, Emulator, App, Customer]),
        ("work", [Wait, NoWait, Timeout, Parallelism]),
        ("about", [Help, Version]),
    ];

    public void AddTo(Command root)
    {
        foreach (var option in Sections.SelectMany(section => section.Options))
        {
            option.Recursive = true;
            root.Add(option);
        }
    }
}
