using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads variables; what they hold in the plan is their type, which a value set from outside must keep.</summary>
internal static class VarsReader
{
    public static IReadOnlyDictionary<string, TemplateValue> Read(PlanReading reading, PlanValue vars, IReadOnlyDictionary<string, string> set)
    {
        var values = new Dictionary<string, TemplateValue>(StringComparer.Ordinal);
        foreach (var (name, value) in vars.Names())
        {
            if (Placeholders.IsReserved(name.Value))
            {
                reading.Error(name.Place, PlanProblems.NameClash(name.Value, "a placeholder"));
            }
            else if (NameTemplate.Parse($"{{{name.Value}}}").Faults.Count > 0)
            {
                reading.Error(name.Place, PlanProblems.BadValue("a name: a letter, then letters, digits, hyphens or underscores", name.Value));
            }
            else if (value.Any() is { } scalar)
            {
                values[name.Value] = set.TryGetValue(name.Value, out var given)
                    ? Set(reading, name.Value, scalar, given)
                    : Of(scalar.Value);
            }
        }

        foreach (var unknown in set.Keys.Except(vars.Names().Select(entry => entry.Name.Value)).Order(StringComparer.Ordinal))
        {
            reading.Add(PlanProblems.UnknownVariable(unknown, Hints.Nearest(unknown, values.Keys), values.Keys));
        }

        return values;
    }

    private static TemplateValue Of(PlanScalar scalar) =>
        new(scalar.Value, scalar.IsPlain && Scalars.Whole(scalar.Value) is not null);

    private static TemplateValue Set(PlanReading reading, string name, Located<PlanScalar> declared, string given)
    {
        var wanted = !declared.Value.IsPlain ? null
            : Scalars.Whole(declared.Value.Value) is not null ? "a whole number"
            : Scalars.Flag(declared.Value.Value) is not null ? "yes or no"
            : null;
        var fits = wanted switch { null => true, "yes or no" => Scalars.Flag(given) is not null, _ => Scalars.Whole(given) is not null };
        if (!fits)
        {
            reading.Add(PlanProblems.BadVariable(name, given, wanted!));
        }

        return new TemplateValue(given, wanted == "a whole number");
    }
}
