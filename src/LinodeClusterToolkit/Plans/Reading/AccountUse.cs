using System.Globalization;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Checks the accounts that meet on the nodes of a group.</summary>
internal static class AccountUse
{
    /// <summary>Checks the sets a group has, once for each choice of sets.</summary>
    public static void Check(PlanReading reading, NodeGroup group)
    {
        if (group.Users is not { Count: > 0 } uses || !reading.CheckedSets.Add(string.Join(' ', uses.Select(use => use.Value))))
        {
            return;
        }

        var sets = uses.Select(use => reading.UserSets[use.Value]).ToArray();
        var groups = sets.SelectMany(set => set.Groups).ToArray();
        var users = sets.SelectMany(set => set.Users).ToArray();
        CheckEqual(reading, groups, one => one.Name, (one, other) => one == other);
        CheckEqual(reading, users, one => one.Name, AreEqual);
        CheckIds(reading, groups, users);
        CheckMemberships(reading, uses, [.. groups.Select(one => one.Value.Name)]);
    }

    /// <summary>No number may belong to two names.</summary>
    public static void CheckIds(PlanReading reading, IEnumerable<Located<AccountGroup>> groups, IEnumerable<Located<Account>> users)
    {
        CheckIds(reading, "gid", groups, group => group.Name, group => group.Gid);
        CheckIds(reading, "uid", users, user => user.Name, user => user.Uid);
    }

    private static void CheckIds<T>(
        PlanReading reading, string noun, IEnumerable<Located<T>> items, Func<T, string> name, Func<T, int?> id)
    {
        var once = items.DistinctBy(item => name(item.Value));
        foreach (var (again, first) in Duplicates.In(once, item => id(item.Value)?.ToString(CultureInfo.InvariantCulture)))
        {
            reading.Error(again.Place,
                AccountProblems.IdTaken(noun, id(again.Value)!.Value, name(again.Value), name(first.Value), first.Place.Spoken));
        }
    }

    private static void CheckEqual<T>(PlanReading reading, IEnumerable<Located<T>> items, Func<T, string> name, Func<T, T, bool> areEqual)
    {
        foreach (var (again, first) in Duplicates.In(items, item => name(item.Value)).Where(pair => !areEqual(pair.Item.Value, pair.First.Value)))
        {
            reading.Error(again.Place, AccountProblems.Differs(name(again.Value), first.Place.Spoken));
        }
    }

    private static bool AreEqual(Account one, Account other) =>
        (one.Name, one.Uid, one.Sudo, one.Login) == (other.Name, other.Uid, other.Sudo, other.Login)
        && one.Groups.Order(StringComparer.Ordinal).SequenceEqual(other.Groups.Order(StringComparer.Ordinal))
        && one.Keys.Order(StringComparer.Ordinal).SequenceEqual(other.Keys.Order(StringComparer.Ordinal));

    private static void CheckMemberships(PlanReading reading, IReadOnlyList<Located<string>> uses, HashSet<string> there)
    {
        foreach (var (use, user, group) in
            from use in uses
            from user in reading.UserSets[use.Value].Users
            from name in user.Value.Groups
            where !there.Contains(name) && !AccountNames.UsualGroups.Contains(name)
            select (use, user.Value.Name, name))
        {
            var home = reading.UserSets.Values.First(set => set.Groups.Any(one => one.Value.Name == group)).Name.Value;
            reading.Error(use.Place, AccountProblems.GroupElsewhere(user, group, home));
        }
    }
}
