namespace LinodeTool.Tests.Grammar;

public sealed class UsageTests
{
    [Theory]
    [InlineData("clustr list", "LCT1001", "did you mean: linodetool cluster")]
    [InlineData("cluster creat x", "LCT1001", "did you mean: linodetool cluster create")]
    [InlineData("cluster cre x y", "LCT1001", "one of: create, plan")]
    [InlineData("cluster list --outputt json", "LCT1002", "did you mean --output?")]
    [InlineData("cluster list /?", "LCT1006", "/?")]
    [InlineData("cluster", "LCT1003", "linodetool cluster create")]
    [InlineData("cluster create", "LCT1004", "NAME is missing")]
    [InlineData("cluster create web", "LCT1004", "PLAN is missing")]
    [InlineData("cluster list -o", "LCT1005", "--output needs a value")]
    [InlineData("cluster show a b", "LCT1006", "\"b\"")]
    [InlineData("version -o jsn", "LCT1009", "did you mean json?")]
    [InlineData("version --parallelism none -o json", "", "")]
    [InlineData("version -o table -o wide", "LCT1010", "more than once")]
    [InlineData("cluster wait web", "LCT1005", "--for")]
    [InlineData("cluster wait web --for creatd", "LCT1009", "did you mean created?")]
    [InlineData("cluster create web p.yaml --report r.html", "LCT1013", "not acted on yet")]
    [InlineData("node create newark 1gb debian --count 0", "LCT1009", "--count")]
    [InlineData("node create newark 1gb", "LCT1004", "IMAGE is missing")]
    [InlineData("secret set Personal-Token x", "LCT1030", "name")]
    [InlineData("secret set a/../b x", "LCT1030", "name")]
    [InlineData("help exit-cods", "LCT1528", "linodetool help exit-codes")]
    [InlineData("completion tcsh", "LCT1009", "bash")]
    [InlineData("@cluster list", "LCT1001", "@cluster")]
    [InlineData("node list --where tag==x", "LCT1060", "did you mean =?")]
    [InlineData("node list --where regoin=x", "LCT1061", "did you mean region?")]
    [InlineData("node list --where state=redy", "LCT1062", "       1 | state=redy\n           |       ^")]
    [InlineData("node list --where age>yesterday", "LCT1062", "such as 30m, 12h, 3d or 2w")]
    [InlineData("node list --where", "LCT1005", "--where needs a value")]
    [InlineData("version --wait --no-wait", "LCT1011", "--no-wait")]
    public async Task A_wrong_line_is_explained_on_standard_error_and_ends_with_2(string line, string code, string hint)
    {
        using var tool = new TestTool();

        var exit = await tool.RunAsync(line.Split(' '));

        Assert.Equal(code.Length > 0 ? 2 : 0, exit);
        Assert.Contains(code, tool.Error);
        Assert.Contains(hint, tool.Error);
        Assert.True(code.Length == 0 || tool.Out.Length == 0);
    }

    [Fact]
    public async Task Plural_nouns_and_options_anywhere_mean_the_same()
    {
        using var tool = new TestTool();

        Assert.Equal(0, await tool.RunAsync("--no-header", "clusters", "-q", "create", "--help"));
        Assert.StartsWith("linodetool cluster create:", tool.Out);
    }

    [Fact]
    public async Task An_error_is_a_document_under_o_json_even_where_the_line_is_wrong()
    {
        using var tool = new TestTool();

        Assert.Equal(2, await tool.RunAsync("-o", "json", "clustr"));

        var error = System.Text.Json.JsonDocument.Parse(tool.Error).RootElement.GetProperty("error");
        Assert.Equal("LCT1001", error.GetProperty("code").GetString());
        Assert.Equal(["code", "what", "where", "why", "fix", "retryable", "request_id"], error.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["file", "line", "column", "path"], error.GetProperty("where").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_bug_is_code_1_without_a_stack_trace_unless_debugging()
    {
        using var tool = new TestTool { Environment = { ["LINODETOOL_HOME"] = "\0" } };

        Assert.Equal(1, await tool.RunAsync("secret", "list"));
        Assert.Contains("LCT9501", tool.Error);
        Assert.DoesNotContain("   at ", tool.Error);
    }
}
