using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
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
                var cluster = PlanFiles.ClusterName(file);
                if (PlanSet.Read(source) is not { } set)
                {
                    await CheckAsync(file, source, cluster).ConfigureAwait(false);
                    continue;
                }

                context.Messages.Warn([.. set.Warnings]);
                errors.AddRange(set.Errors);
                checkedFiles.Add(new(file, set.IsValid, null, [.. set.Errors.Select(ErrorBody.From)], [.. set.Warnings.Select(ErrorBody.From)]));
                foreach (var member in set.Value?.Members ?? [])
                {
                    await CheckAsync(member.Plan.Name, member.Plan, PlanSet.ClusterOf(cluster, member.Name)).ConfigureAwait(false);
                }
            }

            if (errors.Count == 0 || context.View.IsDocument)
            {
                context.View.List(checkedFiles, PlanView.Validation);
            }

            return errors.Count == 0 ? ExitCode.Done : throw new LinodeToolkitException(errors);

            async Task CheckAsync(string file, PlanSource source, string cluster)
            {
                var result = await context.Toolkit.ResolveAsync(source, cluster, variables, context.Cancellation).ConfigureAwait(false);
                context.Messages.Warn([.. result.Warnings]);
                errors.AddRange(result.Errors);
                checkedFiles.Add(new(
                    file, result.IsValid, result.Value?.Nodes.Count(), [.. result.Errors.Select(ErrorBody.From)],
                    [.. result.Warnings.Select(ErrorBody.From)]));
            }
        })
        {
            files, set,
        };
    }
}
