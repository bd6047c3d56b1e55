using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeTool.Grammar;
using LinodeTool.Host;

namespace LinodeTool.Commands;

/// <summary>Where the value of a secret comes from.</summary>
internal static class SecretInput
{
    private const int MostPath = 4096;
    private const int MostKey = 16 * 1024;

    public static async Task<string> ReadAsync(ToolContext context, string name, string? value, string? file, string? variable)
    {
        if (new[] { value, file, variable }.Count(given => given is not null) > 1)
        {
            throw new LinodeToolkitException(CommandProblems.SeveralSources());
        }

        if (file is not null)
        {
            return FromFile(context, file);
        }

        if (variable is not null)
        {
            return context.Host.Variable(variable) ?? throw new LinodeToolkitException(
                UsageProblems.BadValue("--from-env", variable, "the name of a variable that is set", context.Host.Environment.Keys));
        }

        return value switch
        {
            "-" => Trimmed(context.Host.In.ReadToEnd()),
            { } given => Given(context, name, given),
            null when context.Asker.CanAsk => await context.Asker.ReadHiddenAsync($"{name}: ").ConfigureAwait(false) ?? "",
            null => throw new LinodeToolkitException(
                UsageProblems.MissingArgument("value", "linodetool secret set",
                    $"linodetool secret set {name} -      (reads it from standard input)")),
        };
    }

    /// <summary>A path below the user's own folder as people write it; a shell has made it absolute.</summary>
    public static string Shown(ToolHost host, string value) =>
        value.StartsWith(host.Home + "/", StringComparison.Ordinal) ? "~" + value[host.Home.Length..] : value;

    /// <summary>The beginning of a key file, or null where there is none.</summary>
    public static string? KeyFile(ToolHost host, string path)
    {
        var full = path.Length <= MostPath && !path.Contains('\n') ? host.FullPath(path) : null;
        if (full is null || !File.Exists(full))
        {
            return null;
        }

        try
        {
            using var reader = new StreamReader(full);
            var text = new char[MostKey];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unreadable(path, failure.Message, []), failure);
        }
    }

    private static string Given(ToolContext context, string name, string value)
    {
        if (context.Host.InIsTerminal && name != KnownSecrets.DefaultRootSshPublicKey)
        {
            context.Messages.Note($"note: a value on the command line stays in the shell's history; better: linodetool secret set {name} -");
        }

        return value;
    }

    private static string FromFile(ToolContext context, string file)
    {
        try
        {
            return Trimmed(File.ReadAllText(context.Host.FullPath(file)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(CommandProblems.Unreadable(file, failure.Message, []), failure);
        }
    }

    /// <summary>Without the line end that editors and echo add.</summary>
    private static string Trimmed(string text) => text.TrimEnd('\r', '\n');
}
