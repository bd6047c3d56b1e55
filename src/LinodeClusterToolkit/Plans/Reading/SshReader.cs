using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads how nodes are reached by SSH.</summary>
internal static class SshReader
{
    private const string Anywhere = "anywhere";
    private const int MostNetworks = 255;

    public static SshPolicy Read(PlanReading reading, PlanValue ssh)
    {
        var usual = new SshPolicy();
        if (ssh.Section() is not { } section)
        {
            return usual;
        }

        var from = section.Optional("from");
        var policy = new SshPolicy
        {
            From = from.IsGiven ? From(reading, from) ?? usual.From : usual.From,
            Keys = section.Optional("keys").Word()?.Value switch
            {
                "group" => KeySharing.Group,
                "cluster" => KeySharing.Cluster,
                _ => KeySharing.Node,
            },
            Root = section.Optional("root").Flag()?.Value ?? usual.Root,
            Admin = Admin(reading, section.Optional("admin")) ?? usual.Admin,
            KeepsRootPassword = section.Optional("root-password").Word()?.Value == "kept",
            PostQuantumOnly = section.Optional("kex").Word()?.Value == "pq-only",
        };
        section.Finish();
        return policy;
    }

    private static string? Admin(PlanReading reading, PlanValue admin)
    {
        if (admin.Text() is not { } name)
        {
            return null;
        }

        if (AccountNames.WhyTaken(name.Value, admin: null) is not { } why)
        {
            return name.Value;
        }

        reading.Error(name.Place, AccountProblems.ReservedName(name.Value, why));
        return null;
    }

    /// <summary>The networks, each once; null where that is everywhere, or where one cannot be read.</summary>
    private static IReadOnlyList<string>? From(PlanReading reading, PlanValue from)
    {
        var said = from.Each(item => item.Text());
        if (from.IsList && !from.Items().Any())
        {
            reading.Error(from.Place, PlanProblems.Contradiction("SSH would answer nobody, not even the toolkit", "say anywhere, or your networks"));
        }

        var networks = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in said.Where(text => text.Value != Anywhere))
        {
            if (Networks.Canonical(text.Value) is { } network)
            {
                networks.Add(network);
            }
            else
            {
                reading.Error(text.Place, PlanProblems.BadValue("anywhere, or a network such as 203.0.113.0/24 or 2001:db8::/32", text.Value));
            }
        }

        if (networks.Count > MostNetworks)
        {
            reading.Error(from.Place, AccountProblems.TooManyNetworks(networks.Count, MostNetworks));
        }

        return networks.Count == 0 || said.Any(text => text.Value == Anywhere) ? null : [.. networks];
    }
}
