using LinodeClusterToolkit.Clusters;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class ClusterWorkTests
{
    public static TheoryData<string> Texts() =>
    [
        """{"work":"create","on_failure":2}""",
        """{"work":"create","on_failure":2,"undo":{"keys":["us-east/web/1"]}}""",
        """{"work":"create-nodes","nodes":"{}"}""",
        """{"work":"start","request":{"only":["web"],"force":true}}""",
        """{"work":"stop","request":{"only":["db","web"],"force":false,"watchdog_off":true}}""",
        """{"work":"delete","request":{"keep_volumes":true,"force":false}}""",
        """{"work":"delete-nodes","keys":["us-east/web/1"],"force":true}""",
        """{"work":"roll-back"}""",
        """{"work":"rotate-keys","request":{"groups":["web"],"nodes":["us-east/web/1"]}}""",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_a_run_is_to_do_is_kept_as_text_and_read_again(string text)
    {
        var work = ClusterWork.Read(text)!;
        Assert.Contains($"\"{work.Verb}\"", text, StringComparison.Ordinal);
        Assert.Equal(text, work.Write());
    }

    [Fact]
    public void Runs_of_versions_that_kept_nothing_have_none() => Assert.Null(ClusterWork.Read(""));
}
