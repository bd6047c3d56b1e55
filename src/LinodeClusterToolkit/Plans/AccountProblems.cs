using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans;

/// <summary>What can be wrong with accounts, their keys, and the way in by SSH.</summary>
internal static class AccountProblems
{
    public const string TooManyCode = "LCT2081";
    public const string ReservedNameCode = "LCT2100";
    public const string DiffersCode = "LCT2101";
    public const string IdTakenCode = "LCT2102";
    public const string BadKeyCode = "LCT2103";
    public const string LoginCode = "LCT2104";
    public const string GroupElsewhereCode = "LCT2105";
    public const string UnusedSetCode = "LCT2106";

    public static Problem TooMany(string noun, int most) => new(TooManyCode, $"the plan has more than {most} {noun}",
        Why: "each of them is made on node after node", Fix: ["make several clusters of it", "or let a directory service keep the accounts"]);

    public static Problem ReservedName(string name, string why) =>
        new(ReservedNameCode, $"\"{name}\" cannot be an account or group of a plan", Why: why, Fix: ["choose another name"]);

    public static Problem TooManyNetworks(int found, int most) => new(TooManyCode, $"{found} networks are let in, more than {most}",
        Why: "a rule of the Cloud Firewall holds no more", Fix: ["say wider networks"]);

    public static Problem ReservedGroup(string name, string why, IEnumerable<string> usual) =>
        new(ReservedNameCode, $"no user of a plan can be put into \"{name}\"", Why: why,
        Fix: [$"of the system's groups these are open: {string.Join(", ", usual.Order(StringComparer.Ordinal))}"]);

    public static Problem Differs(string name, string first) => new(DiffersCode, $"\"{name}\" is said in two ways for the same node",
        Why: $"the other is on {first}, and a group of nodes has both sets", Fix: ["say it alike in both", "or give one of them another name"]);

    public static Problem IdTaken(string noun, int id, string name, string firstName, string first) => new(IdTakenCode,
        $"{noun} {id} of \"{name}\" is that of \"{firstName}\"", Why: $"which is on {first}", Fix: ["choose another number, or none"]);

    public static Problem BadKey(Problem found) => found with { Code = BadKeyCode };

    public static Problem KeyOfNoUse(string source, string why) => new(BadKeyCode, $"{source} lets nobody in: the nodes' sshd refuses it",
        Why: why, Fix: ["make a key with ssh-keygen -t ed25519, and give its public half"]);

    public static Problem LoginWithoutKeys() => new(LoginCode, "nobody could log in as this user: it has no keys",
        Why: "nodes ask for no passwords", Fix: ["add keys:", "or leave login out"]);

    public static Problem KeysWithoutLogin() => new(LoginCode, "these keys let nobody in, since the user may not log in",
        Fix: ["add login: yes", "or login: no where that is meant"]);

    public static Problem GroupElsewhere(string user, string group, string set) => new(GroupElsewhereCode,
        $"\"{user}\" belongs to \"{group}\", which these nodes do not have", Why: $"\"{group}\" is in the set \"{set}\"",
        Fix: [$"add {set} to users: here", "or declare the group in the same set"]);

    public static Problem UnusedSet(string set) => new(UnusedSetCode, $"no group of nodes has the set of users \"{set}\"",
        Fix: [$"add users: [{set}] to a group of nodes or to defaults"]);
}
