using LinodeClusterToolkit;
using LinodeClusterToolkit.Clusters.Exports;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Settings;

namespace LinodeTool.Commands;

internal static class ClusterExportCommand
{
    private const string Open = "plain";

    private static readonly Guide Guide = new(
        "To let other programs work on a cluster: each form is taken as it is. Forms: "
            + string.Join("; ", LinodeToolkit.ExportFormats.Select(format => $"{format.Name} ({format.Summary})")) + ". "
            + "ansible, ansible-json and ssh-config name private keys, which are then written to a folder only you can read, as open as in the "
            + "secret store plain; secret audit knows the usual one and counts its files. Export again after rotate-keys, and when nodes come or go. "
            + "Jump host and ssh configuration are those of the tool (ssh-jump, ssh-config).",
        [
            "cluster export ha-wordpress --format ansible -f inventory.yaml",
            "cluster export ha-wordpress --format ssh-config -f ~/.ssh/ha-wordpress.conf",
            "cluster export ha-wordpress --format hosts",
            "cluster export ha-wordpress --format terraform-import -f imports.tf",
        ],
        ["cluster show", "node list", "cluster ssh", "cluster import", "secret audit"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster, or of a set of clusters");
        var format = Words.Text("--format", "FORMAT", string.Join(", ", LinodeToolkit.ExportFormats.Select(known => known.Name)));
        var file = Words.Text("--file", "FILE", "File to write, 0600; - for standard output", "-f");
        var keys = Words.Text("--keys", "DIR", "Folder for private keys and known hosts; else exports/clusters/NAME below the data folder");
        return new Verb("export", "Write a cluster down for another program", Guide, async context =>
        {
            var wanted = FormatOf(context.Value(format));
            if (wanted.AsksCloud)
            {
                await context.PrepareAsync().ConfigureAwait(false);
            }

            var folder = context.Value(keys) is { } named ? context.Host.FullPath(named) : null;
            var export = await context.Toolkit.ExportAsync(context.Value(name), wanted.Name, folder, context.Cancellation).ConfigureAwait(false);
            Write(context, wanted, context.Value(file), export.Text);
            Tell(context, export);
            return ExitCode.Done;
        })
        {
            name, format, file, keys,
        };
    }

    private static ExportFormat FormatOf(string? name)
    {
        var known = LinodeToolkit.ExportFormats.Select(format => format.Name).ToList();
        var list = $"one of {string.Join(", ", known)}";
        return LinodeToolkit.ExportFormats.FirstOrDefault(format => format.Name == name) ?? throw new LinodeToolkitException(name is null
            ? UsageProblems.MissingValue("--format", "linodetool cluster export", list)
            : UsageProblems.BadValue("--format", name, list, known));
    }

    private static void Write(ToolContext context, ExportFormat format, string? file, string text)
    {
        if (file is null or "-")
        {
            context.View.Raw(text);
            return;
        }

        if (format.Endings is { Count: > 0 } endings && !endings.Contains(Path.GetExtension(file)))
        {
            context.Messages.Note($"note: its reader goes by the end of a file's name: {string.Join(", ", endings.Where(end => end.Length > 0))}"
                + $"{(endings.Contains("") ? " or none" : "")}");
        }

        try
        {
            PrivateFiles.Replace(context.Host.FullPath(file), text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unwritable(file, failure.Message), failure);
        }
    }

    private static void Tell(ToolContext context, ClusterExport export)
    {
        if (export.LeftOut.Count > 0)
        {
            context.Messages.Note($"note: left out, since nobody gets to them: {string.Join(", ", export.LeftOut.Select(node => node.Label))}");
        }

        if (export.Keys > 0)
        {
            var (keys, store) = ($"{Say.Count(export.Keys, "private key")} for {Say.Count(export.Nodes, "node")}", context.Toolkit.Secrets.Scheme);
            context.Messages.Note(store == Open
                ? $"note: {keys} in {export.KeyFolder}"
                : $"warning: {keys} now also in plain files in {export.KeyFolder}; the secret store {store} keeps nobody out there");
        }
    }
}
