using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class PlanValidateCommand
{
    private static readonly Guide Guide = new(
        "To check plan files: everything that is wrong comes out at once, with its place. Needs no token and sends nothing that changes anything.",
        ["plan validate ha-wordpress-plan.yaml", "plan validate plans/*.yaml", "plan validate plan.yaml --set web_count=40 -o json"],
        ["plan expand", "plan show", "plan schema"])
    {
        ExitNotes = ["3: something is wrong in a plan"],
    };

    public static Verb Create()
    {
        var files = Words.Several("file", "Plan files; - for standard input");
        var set = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        return new Verb("validate", "Check plan files", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var variables = PlanFiles.Variables(context.Value(set));
            var (checkedFiles, errors) = (new List<ValidationDocument>(), new List<Problem>());
            foreach (var file in context.Value(files))
            {
                var source = PlanFiles.Read(context, file);
                var result = await context.Toolkit.ResolveAsync(
                    source, PlanFiles.ClusterName(file), variables, context.Cancellation).ConfigureAwait(false);
                context.Messages.Warn([.. result.Warnings]);
                errors.AddRange(result.Errors);
                checkedFiles.Add(new(
                    file, result.IsValid, result.Value?.Nodes.Count(), [.. result.Errors.Select(ErrorBody.From)],
                    [.. result.Warnings.Select(ErrorBody.From)]));
            }

            if (errors.Count == 0 || context.View.IsDocument)
            {
                context.View.List(checkedFiles, PlanView.Validation);
            }

            return errors.Count == 0 ? ExitCode.Done : throw new LinodeToolkitException(errors);
        })
        {
            files, set,
        };
    }
}
