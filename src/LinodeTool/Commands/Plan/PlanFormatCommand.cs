using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class PlanFormatCommand
{
    private static readonly Guide Guide = new(
        "To bring a plan into its usual form, or a plan of 2017 into version 1. Prints the result; the file changes only with --write.",
        ["plan fmt plan.yaml", "plan fmt plan.yaml --write", "plan fmt ha-wordpress-plan.yaml --upgrade"],
        ["plan validate", "plan schema"])
    {
        ExitNotes = ["3: something is wrong in the plan"],
    };

    public static Verb Create()
    {
        var file = Words.Required("file", "Plan file; - for standard input");
        var upgrade = Words.Flag("--upgrade", "Turn a plan of 2017 into version 1");
        var write = Words.Flag("--write", "Write the file instead of printing it");
        return new Verb("fmt", "Format a plan", Guide, async context =>
        {
            var name = context.Value(file);
            var result = PlanFormatter.Format(PlanFiles.Read(context, name), context.Has(upgrade));
            context.Messages.Warn([.. result.Warnings]);
            var text = result.OrThrow().Text;
            if (!context.Has(write) || name == "-")
            {
                context.View.Raw(text);
                return ExitCode.Done;
            }

            await WriteAsync(context, name, text).ConfigureAwait(false);
            return ExitCode.Done;
        })
        {
            file, upgrade, write,
        };
    }

    /// <summary>Whole or not at all: a plan is somebody's work.</summary>
    private static async Task WriteAsync(ToolContext context, string name, string text)
    {
        var path = context.Host.FullPath(name);
        try
        {
            await File.WriteAllTextAsync(path + ".new", text, context.Cancellation).ConfigureAwait(false);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unwritable(name, failure.Message), failure);
        }
    }
}
