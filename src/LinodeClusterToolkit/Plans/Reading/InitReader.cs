using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>How nodes start and what is done to them, as far as one place of the plan says it.</summary>
/// <param name="Boot">Whether they are booted once they are made.</param>
/// <param name="Actions">Actions of the transitions that are said.</param>
internal sealed record InitSpec(Located<bool>? Boot, IReadOnlyDictionary<Transition, IReadOnlyList<PlannedAction>> Actions);

/// <summary>Reads how nodes start, and the actions at each transition.</summary>
internal static class InitReader
{
    private static readonly Dictionary<string, Transition> Transitions =
        Enum.GetValues<Transition>().ToDictionary(at => at.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static InitSpec? Read(PlanReading reading, PlanValue init)
    {
        if (init.Section() is not { } section)
        {
            return null;
        }

        var boot = section.Optional("boot-on-create").Flag();
        var actions = new Dictionary<Transition, IReadOnlyList<PlannedAction>>();
        foreach (var key in GroupKeys.Init.Keys.Where(key => Transitions.ContainsKey(key.Name)))
        {
            var (at, said) = (Transitions[key.Name], section.Optional(key.Name));
            if (said.IsGiven)
            {
                var all = said.Sections().Select(action => ActionReader.Read(reading, action, at)).OfType<PlannedAction>().ToArray();
                ActionReader.CheckTogether(reading, all);
                actions[at] = all;
            }
        }

        section.Finish();
        return new(boot, actions);
    }
}
