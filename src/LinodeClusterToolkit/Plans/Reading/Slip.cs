using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Tells a slip of the pen from a word nobody knows.</summary>
internal static class Slip
{
    private const int MostEdits = 2;

    /// <summary>The one name that must have been meant: few edits away, and nearer than any other. Null where there is none.</summary>
    public static string? Obvious(string slip, IEnumerable<string> known)
    {
        var near = Hints.Nearest(slip, known.Distinct(StringComparer.Ordinal), 2);
        return near.Count > 0 && Hints.Distance(slip, near[0]) is var edits and <= MostEdits
            && (near.Count == 1 || Hints.Distance(slip, near[1]) > edits) ? near[0] : null;
    }
}
