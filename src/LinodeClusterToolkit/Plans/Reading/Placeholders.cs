using System.Collections.Frozen;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Model;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Checks the placeholders of a group's names, and reads slips of the pen as what was meant.</summary>
internal static class Placeholders
{
    /// <summary>Number of the group's own counter.</summary>
    public const string Counter = "counter";

    /// <summary>Id of the region.</summary>
    public const string Region = "region";

    /// <summary>Name of the group.</summary>
    public const string Group = "group";

    /// <summary>Name of the cluster.</summary>
    public const string Cluster = "cluster";

    /// <summary>Place in the group, from 0.</summary>
    public const string Index = "index";

    private static readonly FrozenSet<string> Reserved = [Counter, Region, Group, Cluster, Index];

    private static readonly FrozenSet<string> Texts = [Region, Group, Cluster];

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>The group with every placeholder known; a name that stays unknown is dropped with an error.</summary>
    public static NodeGroup Check(PlanReading reading, NodeGroup group, IEnumerable<string> counters)
    {
        var known = Reserved.Concat(counters).Concat(reading.Vars.Keys).ToHashSet(StringComparer.Ordinal);
        return group with
        {
            NodeNames = Check(reading, group.NodeNames, known),
            HostNames = Check(reading, group.HostNames, known),
            PublicFqdn = Check(reading, group.PublicFqdn, known),
            PrivateFqdn = Check(reading, group.PrivateFqdn, known),
        };
    }

    private static NameSpec? Check(PlanReading reading, NameSpec? name, HashSet<string> known)
    {
        if (name is null)
        {
            return null;
        }

        var meant = new Dictionary<string, string>();
        var sound = true;
        foreach (var placeholder in name.Template.Placeholders)
        {
            var place = reading.Text.PlaceInside(name.Scalar, placeholder.Index, name.Place.Path);
            if (!known.Contains(placeholder.Name))
            {
                var near = reading.Guess(placeholder.Name, known, place,
                    nearest => PlanProblems.UnknownPlaceholder(placeholder.Name, nearest, known.Order(StringComparer.Ordinal)),
                    near => PlanProblems.PlaceholderReadAs(placeholder.Name, near));
                sound &= near is not null;
                meant[placeholder.Name] = near ?? placeholder.Name;
            }

            if (placeholder.Width > 0 && (Texts.Contains(placeholder.Name) || reading.Vars.TryGetValue(placeholder.Name, out var value)
                && !value.IsNumber))
            {
                reading.Error(place, PlanProblems.WidthOfText(placeholder.ToString()));
            }
        }

        if (!sound)
        {
            return null;
        }

        return meant.Count == 0 ? name : Renamed(reading, name, name.Template.Rename(meant));
    }

    /// <summary>The name with another template, remembered as the better spelling.</summary>
    public static NameSpec Renamed(PlanReading reading, NameSpec name, NameTemplate better)
    {
        reading.Correct(name.Place, better.Text);
        return name with { Template = better };
    }
}
