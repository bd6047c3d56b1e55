using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines;

/// <summary>What a StackScript finds in its environment, as a file of systemd's: its fields, under their names and in capitals, as scripts use both;
/// and what the platform tells of the Linode.</summary>
internal static partial class ScriptEnvironment
{
    public static string Text(MachinePlan plan, IReadOnlyDictionary<string, string> fields)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["LINODE_ID"] = plan.Id.ToString(CultureInfo.InvariantCulture),
            ["LINODE_LISHUSERNAME"] = plan.Label,
            ["LINODE_RAM"] = plan.Memory.ToString(CultureInfo.InvariantCulture),
            ["LINODE_DATACENTERID"] = plan.Region,
        };
        foreach (var (name, value) in fields.Where(field => Name().IsMatch(field.Key)))
        {
            values[name.ToUpperInvariant()] = value;
            values[name] = value;
        }

        var text = new StringBuilder();
        foreach (var (name, value) in values)
        {
            text.Append(name).Append("=\"").Append(Quoted().Replace(value, @"\$0")).Append("\"\n");
        }

        return text.ToString();
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Name();

    [GeneratedRegex("[\"\\\\`$]")]
    private static partial Regex Quoted();
}
