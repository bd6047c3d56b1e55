using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A set of groups and users, each with the place of its name.</summary>
internal sealed record UserSet(Located<string> Name, IReadOnlyList<Located<AccountGroup>> Groups, IReadOnlyList<Located<Account>> Users)
{
    public AccountSet Accounts => new([.. Groups.Select(group => group.Value)], [.. Users.Select(user => user.Value)]);
}
