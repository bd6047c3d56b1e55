using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class ClusterLockTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void A_second_run_on_a_cluster_is_refused_until_the_first_has_ended()
    {
        using (ClusterLock.Take(folder["locks"], "web"))
        {
            var refused = Assert.Throws<LinodeToolkitException>(() => ClusterLock.Take(folder["locks"], "web"));
            Assert.Equal(("LCT7011", true), (refused.Problem.Code, refused.Problem.Retryable));
        }

        using var again = ClusterLock.Take(folder["locks"], "web");
    }

    [Fact]
    public void Runs_on_two_clusters_do_not_mind_each_other()
    {
        using var one = ClusterLock.Take(folder["locks"], "web");
        using var two = ClusterLock.Take(folder["locks"], "db");
    }

    [Theory]
    [InlineData("../web")]
    [InlineData("..")]
    [InlineData("/tmp/web")]
    [InlineData("a/../../web")]
    public void No_name_leads_out_of_the_folder(string cluster)
    {
        Assert.Equal("LCT4015", Assert.Throws<LinodeToolkitException>(() => ClusterLock.Take(folder["locks"], cluster)).Problem.Code);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    public void Dispose() => folder.Dispose();
}
