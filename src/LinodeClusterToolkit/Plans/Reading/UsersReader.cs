using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads sets of groups and users: first all groups, since a user may belong to a group of another set.</summary>
internal sealed class UsersReader(PlanReading reading)
{
    private const int Most = 500;

    private int groupCount;
    private int userCount;

    public void Read(PlanValue sets)
    {
        var read = sets.Names().Select(named => (named.Name, Section: named.Value.Section())).ToArray();
        var declared = read.Select(set => set.Section is { } section ? Groups(section) : []).ToArray();
        var known = declared.SelectMany(groups => groups).Select(group => group.Value.Name).Concat(AccountNames.UsualGroups).ToHashSet();
        foreach (var ((name, section), groups) in read.Zip(declared))
        {
            var set = new UserSet(name, groups, section is null ? [] : Users(section, known));
            section?.Finish();
            AccountUse.CheckIds(reading, set.Groups, set.Users);
            reading.UserSets[name.Value] = set;
        }
    }

    private IReadOnlyList<Located<AccountGroup>> Groups(PlanSection set)
    {
        var groups = set.Optional("groups").Sections()
            .Where(group => Fits(group, "groups of users", ref groupCount)).Select(Group).OfType<Located<AccountGroup>>().ToArray();
        return Once("group of users", groups, group => group.Name);
    }

    private IReadOnlyList<Located<Account>> Users(PlanSection set, HashSet<string> groups)
    {
        var users = set.Optional("users").Sections()
            .Where(user => Fits(user, "users", ref userCount)).Select(user => User(user, groups)).OfType<Located<Account>>().ToArray();
        return Once("user", users, user => user.Name);
    }

    private bool Fits(PlanSection section, string noun, ref int count)
    {
        if (++count == Most + 1)
        {
            reading.Error(section.Place, AccountProblems.TooMany(noun, Most));
        }

        return count <= Most;
    }

    private Located<AccountGroup>? Group(PlanSection group)
    {
        var name = Name(group);
        var gid = group.Optional("gid").Whole();
        group.Finish();
        return name is null ? null : new(new AccountGroup(name.Value, gid?.Value), name.Place);
    }

    private Located<Account>? User(PlanSection user, HashSet<string> known)
    {
        var name = Name(user);
        var uid = user.Optional("uid").Whole();
        var groups = user.Optional("groups").Each(group => Membership(group, known)).Distinct(StringComparer.Ordinal).ToArray();
        var sudo = user.Optional("sudo").Flag();
        var (login, keys) = (user.Optional("login"), user.Optional("keys"));
        var mayLogIn = login.Flag()?.Value ?? false;
        var lines = keys.Each(key => PublicKeys.Read(reading, key)).DistinctBy(key => key.Body).Select(key => key.ToString()).ToArray();
        user.Finish();
        CheckLogin(login, mayLogIn, keys);
        return name is null ? null : new(new Account(name.Value, uid?.Value, groups, sudo?.Value ?? false, mayLogIn, lines), name.Place);
    }

    private Located<string>? Name(PlanSection section)
    {
        var name = section.Required("name").Text();
        if (name is null || AccountNames.WhyTaken(name.Value, reading.Ssh.Admin) is not { } why)
        {
            return name;
        }

        reading.Error(name.Place, AccountProblems.ReservedName(name.Value, why));
        return null;
    }

    private string? Membership(PlanValue item, HashSet<string> known)
    {
        if (item.Text() is not { } group)
        {
            return null;
        }

        if (!known.Contains(group.Value) && AccountNames.WhyTaken(group.Value, reading.Ssh.Admin) is { } why)
        {
            reading.Error(group.Place, AccountProblems.ReservedGroup(group.Value, why, AccountNames.UsualGroups));
            return null;
        }

        return reading.Refer("group of users", group, known, $"or declare it in a set: groups: [{{ name: {group.Value} }}]");
    }

    private void CheckLogin(PlanValue login, bool mayLogIn, PlanValue keys)
    {
        var hasKeys = keys.IsGiven && (!keys.IsList || keys.Items().Any());
        if (mayLogIn && !hasKeys)
        {
            reading.Error(login.Place, AccountProblems.LoginWithoutKeys());
        }
        else if (!login.IsGiven && hasKeys)
        {
            reading.Warning(keys.Place, AccountProblems.KeysWithoutLogin());
        }
    }

    private IReadOnlyList<Located<T>> Once<T>(string noun, IReadOnlyList<Located<T>> items, Func<T, string> name)
    {
        foreach (var (again, first) in Duplicates.In(items, item => name(item.Value)))
        {
            reading.Error(again.Place, PlanProblems.DuplicateName(noun, name(again.Value), first.Place.Spoken));
        }

        return [.. items.DistinctBy(item => name(item.Value))];
    }
}
