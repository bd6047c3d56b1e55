using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class CompletionCommand
{
    private static readonly Guide Guide = new(
        "To let your shell complete commands, options and the names of clusters, nodes, regions, types and images.",
        ["completion bash > ~/.local/share/bash-completion/completions/linodetool", "completion zsh > ~/.zfunc/_linodetool",
            "completion fish > ~/.config/fish/completions/linodetool.fish"],
        ["help"]);

    public static Verb Create()
    {
        var shell = Words.Required("shell", "bash, zsh, fish or pwsh");
        return new Verb("completion", "Print a completion script", Guide, context =>
        {
            var known = Resources.Names("completion.").ToList();
            var name = context.Value(shell);
            context.View.Raw(known.Contains(name) ? Resources.Text("completion." + name)!
                : throw new LinodeToolkitException(UsageProblems.BadValue("SHELL", name, $"one of {string.Join(", ", known)}", known)));
            return Task.FromResult(ExitCode.Done);
        })
        {
            shell,
        };
    }
}
