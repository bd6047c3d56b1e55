using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class PlanSchemaCommand
{
    private static readonly Guide Guide = new(
        "To let an editor complete and check plans while they are written.",
        ["plan schema", "plan schema -f plan.schema.json"],
        ["plan validate", "plan fmt"]);

    public static Verb Create()
    {
        var file = Words.Text("--file", "FILE", "File to write; - for standard output", "-f");
        return new Verb("schema", "Print the JSON Schema of the plan language", Guide, async context =>
        {
            if (context.Value(file) is not { } name || name == "-")
            {
                context.View.Raw(PlanSchema.Write());
                return ExitCode.Done;
            }

            try
            {
                await File.WriteAllTextAsync(context.Host.FullPath(name), PlanSchema.Write(), context.Cancellation).ConfigureAwait(false);
                return ExitCode.Done;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new LinodeToolkitException(CommandProblems.Unwritable(name, failure.Message), failure);
            }
        })
        {
            file,
        };
    }
}
