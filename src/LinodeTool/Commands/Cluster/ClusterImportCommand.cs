using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterImportCommand
{
    /// <summary>Its verb in records and for people.</summary>
    public const string Name = "import";

    private static readonly Guide Guide = new(
        "After the inventory was lost, or to take up what was made by other means. An owner tag (lct:…, see cluster orphans) brings back all of its "
            + "cluster, with its plan also the groups. Any other tag, or a state of Terraform (as terraform state pull prints it), takes up nodes, "
            + "volumes, balancers and firewalls: shown first, and marked as ours once you agree. Interrupted, the same command goes on.",
        [
            "cluster import ha-wordpress --tag lct:0193b0c5-7b1e-7c3a-9d4f-1a2b3c4d5e6f --plan ha-wordpress-plan.yaml",
            "cluster import legacy --tag production --dry-run",
            "cluster import shop --from-terraform state.json",
        ],
        ["cluster orphans", "cluster show", "cluster export", "node trust"])
    {
        ExitNotes =
        [
            "5: the name is taken, nothing is there to take up, or some of it is another's",
            "9: not agreed to; without a terminal nothing is marked unless --yes is said", "12: the state cannot be read",
        ],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name the cluster is to have here");
        var tag = Words.Text("--tag", "TAG", "Tag it carries");
        var state = Words.Text("--from-terraform", "STATE", "State of Terraform that names it; - for standard input");
        var plan = Words.Text("--plan", "FILE", "The plan it was made from; - for standard input");
        var set = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        return new Verb(Name, "Take up what stands in the account as a cluster", Guide, async context =>
        {
            var (text, file) = (context.Value(tag), context.Value(state));
            var source = (text, file) switch
            {
                (null, null) => throw new LinodeToolkitException(
                    UsageProblems.MissingValue("--tag", "linodetool cluster import", "a tag, or in its place --from-terraform STATE")),
                (not null, not null) => throw new LinodeToolkitException(UsageProblems.Contradiction("--tag", "--from-terraform")),
                (_, null) => null,
                _ => StateFiles.Read(context, file),
            };
            var request = new ImportRequest(context.Value(name), text)
            {
                Terraform = source, Plan = context.Value(plan) is { } by ? PlanFiles.Read(context, by) : null,
                Set = PlanFiles.Variables(context.Value(set)),
            };
            await context.PrepareAsync().ConfigureAwait(false);
            return await RunAsync(context, request).ConfigureAwait(false);
        })
        {
            name, tag, state, plan, set,
        };
    }

    /// <summary>The command that goes on with an import.</summary>
    public static string Again(string cluster, RunRecord? run) => run?.Work.Split(' ', 2) is ["tag", var tag]
        ? $"cluster import {Shell.Quote(cluster)} --tag {Shell.Quote(tag)}"
        : $"cluster import {Shell.Quote(cluster)} --from-terraform STATE";

    private static async Task<ExitCode> RunAsync(ToolContext context, ImportRequest request)
    {
        var preview = await context.Toolkit.PreviewImportAsync(request, context.Cancellation).ConfigureAwait(false);
        var document = ImportDocument.From(preview);
        if (context.DryRun && (preview.Obstacle is null || context.View.IsDocument))
        {
            context.View.One(document, ImportView.Shape, ImportView.Text);
        }

        if (context.DryRun && preview.Obstacle is null)
        {
            return ExitCode.Done;
        }

        if (preview.Situation == ImportSituation.Finished)
        {
            context.Messages.Note($"{preview.Cluster} was taken up from {preview.Source} already; nothing to do");
        }
        else if (!context.DryRun || !context.View.IsDocument)
        {
            foreach (var line in ImportView.Text(document))
            {
                context.Messages.Note(line);
            }
        }

        if (preview.Obstacle is { } obstacle)
        {
            throw new LinodeToolkitException(obstacle);
        }

        if (preview.Situation != ImportSituation.Finished)
        {
            await AgreeAsync(context, preview).ConfigureAwait(false);
        }

        var cluster = await context.Toolkit.ImportAsync(preview, context.Cancellation).ConfigureAwait(false);
        if (preview.Situation != ImportSituation.Finished)
        {
            context.Messages.Note("host keys of its nodes are not known; to log in, read one at the node's console and accept it: linodetool node trust");
        }

        context.View.One(ClusterDocument.WithMembers(cluster), ClusterPages.Shape, ClusterPages.Summary);
        return ExitCode.Done;
    }

    // Whoever is not asked has to have said so beforehand, but where records here are all that is made.
    private static async Task AgreeAsync(ToolContext context, ImportPreview preview)
    {
        var (taken, marked) = (Say.Count(preview.Taken.Count, "thing"), Say.Count(preview.ToMark.Count, "thing"));
        await context.Asker.AgreeToAdoptAsync(
            preview.ToMark.Count == 0 ? $"Take up {taken}?" : $"Take up {taken} and mark {marked} as of cluster {preview.Cluster}?",
            preview.ToMark.Count == 0 ? null : $"marking {marked} as of cluster {preview.Cluster}").ConfigureAwait(false);
    }
}
