using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Checks sets of users; their effect comes later.</summary>
internal static class UsersReader
{
    public static void Read(PlanReading reading, PlanValue sets)
    {
        var (groups, members) = (new List<Located<string>>(), new List<Located<string>>());
        foreach (var (name, value) in sets.Names())
        {
            reading.UserSets.Add(name.Value);
            if (value.Section() is { } set)
            {
                groups.AddRange(set.Optional("groups").Sections().Select(Group).OfType<Located<string>>());
                members.AddRange(set.Optional("users").Sections().SelectMany(User));
                set.Finish();
            }
        }

        foreach (var (again, first) in Duplicates.In(groups, group => group.Value))
        {
            reading.Error(again.Place, PlanProblems.DuplicateName("group of users", again.Value, first.Place.Spoken));
        }

        var known = groups.Select(group => group.Value).ToHashSet();
        foreach (var member in members)
        {
            reading.Refer("group of users", member, known);
        }
    }

    private static Located<string>? Group(PlanSection group)
    {
        var name = group.Required("name").Text();
        group.Optional("gid").Whole();
        group.Finish();
        return name;
    }

    /// <summary>The groups a user belongs to.</summary>
    private static IReadOnlyList<Located<string>> User(PlanSection user)
    {
        user.Required("name").Text();
        user.Optional("uid").Whole();
        user.Optional("sudo").Flag();
        user.Optional("login").Flag();
        user.Optional("keys").Each(key => key.Verbatim());
        var groups = user.Optional("groups").Each(group => group.Text());
        user.Finish();
        return groups;
    }
}
