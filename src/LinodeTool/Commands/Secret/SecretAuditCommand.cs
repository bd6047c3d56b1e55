using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class SecretAuditCommand
{
    private static readonly Guide Guide = new(
        "To see that no stored secret stands anywhere else: in records, journal, logs, events and reports of all runs, the emulator's files, "
        + "places of your own, and the command lines of running programs. It looks for each value as it is, in base64, as JSON and URLs escape it, "
        + "and line by line.",
        ["secret audit", "secret audit ~/notes deploy.log", "secret audit -o json"],
        ["secret list", "secret delete"])
    {
        ExitNotes = ["12: a secret was found outside its store, or something could not be read"],
    };

    public static Verb Create()
    {
        var places = Words.Any("place", "More files or folders to look in");
        return new Verb("audit", "Look for secrets outside their store", Guide, async context =>
        {
            var folders = context.Folders;
            var named = context.Value(places).Select(context.Host.FullPath).ToList();
            if (named.Find(place => !Path.Exists(place)) is { } missing)
            {
                throw new LinodeToolkitException(CommandProblems.Unreadable(missing, "it is not there", []));
            }

            var audit = await context.Toolkit.AuditSecretsAsync([folders.Data, folders.State, folders.Cache, .. named], context.Cancellation)
                .ConfigureAwait(false);
            context.View.List([.. audit.Traces.Select(trace => new SecretTraceDocument(trace.Secret, trace.Place, trace.At))], SecretView.Trace);
            foreach (var name in audit.TooShort)
            {
                context.Messages.Note($"note: {name} is too short to be told from common words, and was not looked for");
            }

            if (audit.Exported is [var first, ..])
            {
                context.Messages.Note($"note: {Say.Count(audit.Exported.Count, "key file")} written by cluster export, in folders like "
                    + $"{Path.GetDirectoryName(first)}; delete what is not used any more");
            }

            context.Messages.Note($"looked for {Say.Count(audit.Secrets, "secret")} in {Say.Count(audit.Files, "file")} "
                + $"({Say.Bytes(audit.Bytes)}) and the command lines of {Say.Count(audit.Processes, "process", "processes")}");
            return audit is { Traces: [], Unread: [] } ? ExitCode.Done
                : throw new LinodeToolkitException(CommandProblems.SecretsOutside(audit.Traces, audit.Unread));
        })
        {
            places,
        };
    }
}
