using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class SecretMigrateCommand
{
    private static readonly Guide Guide = new(
        "To bring all secrets from one store to another: plain, encrypted, vault, or from environment. Each is read back; where another value stands it is "
        + "kept and named. Nothing is deleted before all are there, and the same command goes on after an interruption.",
        ["secret migrate --to encrypted", "secret migrate --to encrypted --delete --yes", "secret migrate --from plain --to vault --replace"],
        ["secret list", "secret audit"])
    {
        ExitNotes = ["5: some stand there with another value", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var from = Words.Text("--from", "STORE", "Where they are; as usual the store of the configuration (secret-store)");
        var to = Words.Text("--to", "STORE", "Where they are to be; as usual the store of the configuration");
        var replace = Words.Flag("--replace", "Write over other values there");
        var delete = Words.Flag("--delete", "Delete what was copied where it came from, once all is copied");
        return new Verb("migrate", "Bring secrets to another store", Guide, async context =>
        {
            var usual = context.Settings.Text(Keys.SecretStore) ?? "plain";
            var (source, target) = (context.Value(from) ?? usual, context.Value(to) ?? usual);
            if (source == target)
            {
                throw new LinodeToolkitException(CommandProblems.SameStore(source));
            }

            if (context.Has(delete) && !context.DryRun)
            {
                await context.Asker.AgreeToLoseAsync(source, $"moving all secrets of {source}", [$"they would be in {target} alone"]).ConfigureAwait(false);
            }

            if (context.DryRun)
            {
                context.Messages.Note($"all secrets of {source} would be copied to {target}");
                return ExitCode.Done;
            }

            var moved = await context.Toolkit.MigrateSecretsAsync(source, target, context.Has(replace), context.Has(delete), context.Cancellation)
                .ConfigureAwait(false);
            Tell(context, moved, source, target, usual);
            return ExitCode.Done;
        })
        {
            from, to, replace, delete,
        };
    }

    private static void Tell(ToolContext context, IReadOnlyList<MovedSecret> moved, string source, string target, string usual)
    {
        context.View.List(
            [.. moved.Select(one => new MovedSecretDocument(one.Name, one.Move.ToString().ToLowerInvariant(), one.Deleted))], SecretView.Moved);
        context.Messages.Note($"{Say.Count(moved.Count(one => one.Move == SecretMove.Copied), "secret")} of {moved.Count} copied from {source} to {target}, "
            + $"{moved.Count(one => one.Deleted)} deleted in {source}");
        if (target != usual)
        {
            context.Messages.Note($"to use it from now on, say so in the configuration: secret-store: {target}");
        }

        if (moved.Where(one => one.Move == SecretMove.Differs).Select(one => one.Name).ToList() is { Count: > 0 } differ)
        {
            throw new LinodeToolkitException(CommandProblems.SecretsDiffer(target, differ));
        }
    }
}
