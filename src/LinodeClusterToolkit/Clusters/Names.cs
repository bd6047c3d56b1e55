using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Rules for names of clusters: they become part of labels, files and tags.</summary>
internal static class Names
{
    /// <summary>Throws unless the name will do everywhere it is used.</summary>
    public static void DemandGood(string cluster)
    {
        var good = cluster.Length is >= 1 and <= 40
            && cluster.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            && char.IsAsciiLetterOrDigit(cluster[0]) && char.IsAsciiLetterOrDigit(cluster[^1]);
        if (!good)
        {
            throw new LinodeToolkitException(ClusterProblems.BadClusterName(cluster));
        }
    }
}
