using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Changes;

/// <summary>The page about changes says what the code does: it is made of it.</summary>
public sealed class ChangesPageTests
{
    [Fact]
    public void The_page_is_the_table_that_previews_and_runs_go_by()
    {
        var page = Repository.Path("docs/changes.md");
        var written = File.ReadAllText(page);
        var start = written.IndexOf("| rule |", StringComparison.Ordinal);
        var end = start < 0 ? start : written.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        Assert.True(start > 0 && end > start, "docs/changes.md has a table, and text after it");
        var actual = written[..start] + ChangeRules.Table() + written[end..];
        if (Environment.GetEnvironmentVariable("LCT_APPROVE") == "1")
        {
            File.WriteAllText(page, actual);
        }

        Assert.Equal(File.ReadAllText(page), actual);
    }
}
