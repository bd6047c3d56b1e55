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

    /// <summary>What it takes after <c>--</c>, if anything.</summary>
    public Rest? Rest { get; private set; }

    public Task<ExitCode> RunAsync(ToolContext context) => run(context);

    /// <summary>It takes a command for elsewhere, after <c>--</c>.</summary>
    public Verb Taking(Rest rest)
    {
        Rest = rest;
        return this;
    }

    /// <summary>Left out of help and completion.</summary>
    public Verb AsHidden()
    {
        Hidden = true;
        return this;
    }
}

/// <summary>All that follows <c>--</c>: a command for elsewhere, whatever looks like an option in it.</summary>
/// <param name="Description">What help says of it.</param>
/// <param name="Needed">Whether the verb does nothing without.</param>
internal sealed record Rest(string Description, bool Needed = true)
{
    public const string Mark = "--";

    public string Name => "CMD";

    public static IReadOnlyList<string> In(IReadOnlyList<string> line) => [.. line.SkipWhile(word => word != Mark).Skip(1)];
}

/// <summary>A command that only gathers verbs; its plural is an alias.</summary>
internal sealed class Noun : Command
{
    public Noun(string name, string summary, string task, string? plural = null)
        : base(name, summary)
    {
        if (plural is not "")
        {
            Aliases.Add(plural ?? name + "s");
        }

        Task = task;
    }

    /// <summary>Heading under which help lists it.</summary>
    public string Task { get; }
}
