using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Finds one of our own things by a name written liberally.</summary>
internal static class NameMatch
{
    /// <summary>Exact name, then ignoring case, then all words contained, then unique prefix; throws a problem of family 4 otherwise.</summary>
    /// <remarks>A prefix settles what words leave open: <c>web</c> is <c>web-prod</c> though there is an <c>old-web</c> too.</remarks>
    public static T Of<T>(string what, string name, IReadOnlyCollection<T> all, Func<T, IEnumerable<string>> namesOf)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Func<string, bool>[] ways =
        [
            known => known == name,
            known => known.Equals(name, StringComparison.OrdinalIgnoreCase),
            known => words.All(word => known.Contains(word, StringComparison.OrdinalIgnoreCase)),
            known => known.StartsWith(name, StringComparison.OrdinalIgnoreCase),
        ];

        // Nothing named is nothing found: an empty variable in a script must not pick the only cluster there is.
        var found = words.Length == 0 ? [] : ways.Select(fits => all.Where(item => namesOf(item).Any(fits)).ToList()).ToList();
        if (found.Find(some => some.Count == 1) is [var one])
        {
            return one;
        }

        throw new LinodeToolkitException(found.Find(some => some.Count > 1) is { } several
            ? ClusterProblems.Several(what, name, [.. several.Select(item => namesOf(item).First())])
            : ClusterProblems.NoSuch(what, name, Hints.Nearest(name, all.SelectMany(namesOf))));
    }
}
