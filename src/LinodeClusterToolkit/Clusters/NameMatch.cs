using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Finds one of our own things by a name written liberally.</summary>
internal static class NameMatch
{
    /// <summary>Exact name, then ignoring case, then all words contained, then unique prefix; throws a problem of family 4 otherwise.</summary>
    public static T Of<T>(string what, string name, IReadOnlyCollection<T> all, Func<T, IEnumerable<string>> namesOf)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Func<string, bool>[] ways =
        [
            known => known == name,
            known => known.Equals(name, StringComparison.OrdinalIgnoreCase),
            known => words.Length > 0 && words.All(word => known.Contains(word, StringComparison.OrdinalIgnoreCase)),
            known => known.StartsWith(name, StringComparison.OrdinalIgnoreCase),
        ];
        foreach (var fits in ways)
        {
            var found = all.Where(item => namesOf(item).Any(fits)).ToList();
            if (found.Count == 1)
            {
                return found[0];
            }

            if (found.Count > 1)
            {
                throw new LinodeToolkitException(ClusterProblems.Several(what, name, [.. found.Select(item => namesOf(item).First())]));
            }
        }

        throw new LinodeToolkitException(ClusterProblems.NoSuch(what, name, Hints.Nearest(name, all.SelectMany(namesOf))));
    }
}
