using LinodeTool.Commands;

namespace LinodeTool.Tests.Commands;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("bash", "complete -F _linodetool linodetool")]
    [InlineData("zsh", "#compdef linodetool")]
    [InlineData("fish", "complete -c linodetool")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName linodetool")]
    public async Task Every_shell_gets_a_small_script_that_calls_back(string shell, string line)
    {
        using var tool = new TestTool();

        Assert.Equal(0, await tool.RunAsync("completion", shell));
        Assert.Contains(line, tool.Out);
        Assert.Contains("__complete --", tool.Out);
        Assert.InRange(tool.Out.Length, 50, 1000);
    }

    [Theory]
    [InlineData("clus", "cluster")]
    [InlineData("cluster sh", "show")]
    [InlineData("clusters sh", "show")]
    [InlineData("-o json cluster sh", "show")]
    [InlineData("cluster create --on", "--on-failure")]
    [InlineData("cluster list --max", "--max-monthly-cost")]
    [InlineData("cluster list -o ya", "yaml")]
    [InlineData("cluster wait web --for crea", "created creating")]
    [InlineData("completion z", "zsh")]
    [InlineData("help exit", "exit-codes")]
    [InlineData("cluster create web ", "")]
    public async Task Words_of_the_grammar_complete(string typed, string candidates)
    {
        using var tool = new TestTool();

        Assert.Equal(0, await tool.RunAsync(["__complete", "--", .. typed.Split(' ')]));
        Assert.Equal(candidates, tool.Out.TrimEnd('\n').Replace('\n', ' '));
        Assert.Empty(tool.Error);
    }

    [Theory]
    [InlineData("cluster show ", "cluster")]
    [InlineData("node list --cluster ", "cluster")]
    [InlineData("node show ", "node")]
    [InlineData("node delete a ", "node")]
    [InlineData("node create us-east ", "type")]
    [InlineData("cluster resume ", "cluster")]
    [InlineData("cluster protect ", "cluster")]
    [InlineData("cluster retry web --task ", "task")]
    [InlineData("task retry 7f3a.1 ", "id")]
    [InlineData("task logs ", "id")]
    [InlineData("secret get ", "secret")]
    [InlineData("cluster ssh web ", "node")]
    [InlineData("cluster exec web --node ", "node")]
    [InlineData("cluster exec web --group ", "group")]
    [InlineData("node exec a b ", "node")]
    [InlineData("node why ", "node")]
    [InlineData("worker drain ", "worker")]
    [InlineData("node trust ", "node")]
    [InlineData("node ssh a -- cat ", "")]
    public void Names_are_asked_for_by_what_they_name(string typed, string kind) =>
        Assert.Equal(kind, Completion.Locate(CommandTree.Build(), typed.Split(' ')).Argument);

    [Theory]
    [InlineData("cluster ssh web ", "web")]
    [InlineData("--emulator clusters exec web --group ", "web")]
    [InlineData("node ssh --cluster web ", "web")]
    [InlineData("node ssh ", null)]
    public void Nodes_are_those_of_the_cluster_named_before(string typed, string? cluster) =>
        Assert.Equal(cluster, Completion.Locate(CommandTree.Build(), typed.Split(' ')).Cluster);
}
