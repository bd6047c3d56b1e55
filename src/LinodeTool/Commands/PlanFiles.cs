using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeTool.Commands;

/// <summary>Reads the plan a command line names; <c>-</c> is standard input.</summary>
internal static class PlanFiles
{
    public static PlanSource Read(ToolContext context, string name)
    {
        if (name == "-")
        {
            return new PlanSource("stdin", context.Host.Folder, context.Host.In.ReadToEnd());
        }

        var path = context.Host.FullPath(name);
        try
        {
            using var file = File.OpenRead(path);
            return PlanFile.Decode(name, Path.GetDirectoryName(path), file).OrThrow();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unreadable(name, Reason(failure), Near(name, path)), failure);
        }
    }

    /// <summary><c>KEY=VALUE</c> pairs of <c>--set</c>.</summary>
    public static IReadOnlyDictionary<string, string> Variables(IEnumerable<string> pairs)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new LinodeToolkitException(Grammar.UsageProblems.BadValue("--set", pair, "NAME=VALUE"));
            }

            values[pair[..at]] = pair[(at + 1)..];
        }

        return values;
    }

    /// <summary>The name a cluster gets for looking at a plan without one: that of the file.</summary>
    public static string ClusterName(string file) => file == "-" ? "cluster" : Path.GetFileNameWithoutExtension(file);

    /// <summary>The plan with everything decided; its warnings are said, its errors thrown.</summary>
    public static async Task<ResolvedPlan> ResolveAsync(ToolContext context, string file, string? cluster, IEnumerable<string> set)
    {
        var (source, variables) = (Read(context, file), Variables(set));
        await context.PrepareAsync().ConfigureAwait(false);
        var result = await context.Toolkit.ResolveAsync(source, cluster ?? ClusterName(file), variables, context.Cancellation).ConfigureAwait(false);
        context.Messages.Warn([.. result.Warnings]);
        return result.OrThrow();
    }

    internal static string Reason(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a folder, or you may not read it",
        _ => failure.Message,
    };

    internal static List<string> Near(string name, string path)
    {
        var folder = Path.GetDirectoryName(path);
        return folder is null || !Directory.Exists(folder) ? []
            : [.. Hints.Nearest(Path.GetFileName(path), Directory.EnumerateFiles(folder).Take(1000).Select(file => Path.GetFileName(file)!), 1)
                .Select(near => Path.Combine(Path.GetDirectoryName(name) ?? "", near))];
    }
}
