using System.CommandLine;

namespace LinodeTool.Grammar;

/// <summary>What help says about a command besides its grammar.</summary>
/// <param name="When">When to use it.</param>
/// <param name="Examples">Two or more command lines, without the program's name.</param>
/// <param name="Related">Commands that a reader of this page may want instead or next.</param>
internal sealed record Guide(string When, IReadOnlyList<string> Examples, IReadOnlyList<string> Related)
{
    /// <summary>Exit codes that mean something special here.</summary>
    public IReadOnlyList<string> ExitNotes { get; init; } = [];
}

/// <summary>A command that does something.</summary>
internal sealed class Verb(string name, string summary, Guide guide, Func<ToolContext, Task<ExitCode>> run) : Command(name, summary)
{
    public Guide Guide => guide;

    public Task<ExitCode> RunAsync(ToolContext context) => run(context);

    /// <summary>Left out of help and completion.</summary>
    public Verb AsHidden()
    {
        Hidden = true;
        return this;
    }
}

/// <summary>A command that only gathers verbs; its plural is an alias.</summary>
internal sealed class Noun : Command
{
    public Noun(string name, string summary, string task)
        : base(name, summary)
    {
        Aliases.Add(name + "s");
        Task = task;
    }

    /// <summary>Heading under which help lists it.</summary>
    public string Task { get; }
}
