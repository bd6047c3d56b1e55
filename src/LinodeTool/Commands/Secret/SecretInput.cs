using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

/// <summary>Where the value of a secret comes from.</summary>
internal static class SecretInput
{
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

    private static string Given(ToolContext context, string name, string value)
    {
        if (context.Host.InIsTerminal && name != SecretNames.PublicKey)
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
