using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Views;

namespace LinodeTool.Output;

/// <summary>Writes notes, warnings and errors to standard error.</summary>
internal sealed class Messages(TextWriter error, Ink ink, bool quiet, bool asJson)
{
    public Ink Ink => ink;

    public void Note(string text)
    {
        if (!quiet)
        {
            error.WriteLine(Say.Plain(text));
        }
    }

    public void Warn(IReadOnlyList<Problem> problems)
    {
        if (!quiet)
        {
            Write([.. problems.Select(Fixes.Complete)]);
        }
    }

    public void Fail(IReadOnlyList<Problem> problems)
    {
        var complete = problems.Select(Fixes.Complete).ToList();
        if (asJson)
        {
            error.WriteLine(JsonSerializer.Serialize(ErrorDocument.From(complete), ToolJson.Default.ErrorDocument));
        }
        else
        {
            Write(complete);
        }
    }

    private void Write(IReadOnlyList<Problem> problems)
    {
        foreach (var line in ProblemText.Lines(problems, ink))
        {
            error.WriteLine(line);
        }
    }
}
