using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads one action: its technology, what it is aimed at, and what goes with it.</summary>
internal static class ActionReader
{
    private const string Inline = "inline";

    /// <summary>The action, or null where it cannot be read, or where what it says happens anyway.</summary>
    public static PlannedAction? Read(PlanReading reading, PlanSection section, Transition at)
    {
        var name = section.Required("name").Text();
        var inline = section.Optional(Inline).Verbatim();
        var action = new ResolvedAction(at, "", "")
        {
            With = Values(reading, section),
            Arguments = [.. section.Optional("arguments").Each(item => item.Verbatim()).Select(item => item.Value)],
            User = section.Optional("user").Text()?.Value,
            Timeout = section.Optional("timeout").Duration()?.Value,
            Retries = section.Optional("retries").Whole()?.Value ?? 0,
            RunOn = RunOnOf(section.Optional("run-on").Word()?.Value),
        };
        section.Finish();
        if (name is null || Split(reading, name) is not var (kind, target))
        {
            return null;
        }

        action = action with { Kind = kind.Name, Target = target };
        if (kind.Only?.Contains(at) == false)
        {
            reading.Error(name.Place, PlanProblems.WrongTransition(kind.Name, at.ToString().ToLowerInvariant()));
            return null;
        }

        if (kind.BuiltIns.TryGetValue(target, out var what))
        {
            reading.Notes.Add($"{action.Name} is done anyway: {what}");
            foreach (var option in GroupKeys.Action.Keys.Where(key => !key.Required && section.Has(key.Name)))
            {
                reading.Lapse(name.Place, PlanProblems.Contradiction($"{option.Name} says nothing of {action.Name}, which is built in", "take it out"));
            }

            return null;
        }

        return Checked(reading, section, name.Place, kind, action, inline);
    }

    /// <summary>What actions of one transition must not do together.</summary>
    public static void CheckTogether(PlanReading reading, IReadOnlyList<PlannedAction> actions)
    {
        foreach (var kind in reading.ActionKinds.Where(kind => kind.OnlyOne is not null))
        {
            foreach (var second in actions.Where(one => one.Action.Kind == kind.Name).Skip(1))
            {
                reading.Error(second.Place, PlanProblems.Contradiction($"a second {kind.OnlyOne} for the same nodes: the platform runs one",
                    $"keep one {kind.OnlyOne}, and make the other a shell action"));
            }
        }
    }

    private static PlannedAction? Checked(
        PlanReading reading, PlanSection section, PlanPlace place, ActionKind kind, ResolvedAction action, Located<string>? inline)
    {
        if (!kind.TakesArguments && (section.Has("arguments") || section.Has("user")))
        {
            reading.Error(place, PlanProblems.Contradiction($"{kind.Name} takes neither arguments nor user", "leave them out, or give values in with:"));
        }

        if (WithSource(reading, place, kind, action, inline) is not { } whole)
        {
            return null;
        }

        // A boot may come when nobody is there to ask for it.
        if (kind.IsDoneByNodes && action is { At: Transition.Boot, RunOn: RunOn.All } && action.With.Values.Any(SecretReference.IsReference))
        {
            reading.Notes.Add($"{action.Name} runs at every boot: the secrets it is given stay on its nodes, where root alone can read them");
        }

        foreach (var problem in kind.Check(whole))
        {
            reading.Error(place, problem);
        }

        return new(place, whole);
    }

    private static (ActionKind Kind, string Target)? Split(PlanReading reading, Located<string> name)
    {
        if (name.Value.Split(':', 2) is not [var written, { Length: > 0 } target])
        {
            reading.Error(name.Place, PlanProblems.BadAction(name.Value, "an action is kind:target",
                "write it as shell:scripts/setup.sh, stackscript:user/label …"));
            return null;
        }

        string[] kinds = [.. reading.ActionKinds.Select(kind => kind.Name)];
        var meant = kinds.Contains(written) ? written : reading.Guess(written, kinds, name.Place,
            nearest => PlanProblems.BadAction(name.Value, $"there is no kind \"{written}\"", Hint(nearest, kinds)),
            near => PlanProblems.WordReadAs(written, near));
        return meant is null ? null : (reading.ActionKinds.Single(kind => kind.Name == meant), target);
    }

    /// <summary>The action with the text that travels with the plan, or with the file that stays where it is.</summary>
    private static ResolvedAction? WithSource(
        PlanReading reading, PlanPlace place, ActionKind kind, ResolvedAction action, Located<string>? inline)
    {
        var isInline = kind.TakesInline && action.Target == Inline;
        if (isInline != (inline is not null))
        {
            reading.Error(place, PlanProblems.Contradiction("the name shell:inline and the key inline go together",
                "name it shell:inline and put the script into inline:"));
            return null;
        }

        if (isInline)
        {
            return action with { Text = inline!.Value };
        }

        if (kind.IsElsewhere(action.Target) && !reading.Files.Exists(action.Target))
        {
            return action;
        }

        if (Fault(reading.Files, kind, action.Target) is { } fault)
        {
            reading.Error(place, fault);
            return null;
        }

        var path = reading.Files.FullPath(action.Target);
        if (kind.MostBytes is not { } most)
        {
            return action with { File = path };
        }

        var (text, unreadable) = reading.Files.Read(action.Target, most);
        if (unreadable is not null)
        {
            reading.Error(place, unreadable);
            return null;
        }

        return action with { Text = text, File = path };
    }

    private static Problem? Fault(PlanFiles files, ActionKind kind, string target) =>
        files.Fault(target) is { Code: PlanProblems.MissingFileCode } missing ? missing with { Fix = [.. BuiltIns(kind, target), .. missing.Fixes] }
        : files.Fault(target);

    private static IEnumerable<string> BuiltIns(ActionKind kind, string target) =>
        Hints.Nearest(target, kind.BuiltIns.Keys).Select(near => $"did you mean \"{kind.Name}:{near}\"?");

    private static Dictionary<string, string> Values(PlanReading reading, PlanSection section)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in section.Optional("with").Names())
        {
            if (!IsVariable(name.Value))
            {
                reading.Error(name.Place, PlanProblems.BadValue("a name of letters, digits and underscores that begins with no digit", name.Value));
            }

            if (value.Verbatim() is not { } said)
            {
                continue;
            }

            values[name.Value] = said.Value;
            if (SecretReference.IsReference(said.Value) && !SecretReference.IsName(said.Value[(said.Value.IndexOf(':') + 1)..]))
            {
                reading.Error(said.Place, SecurityProblems.NoSecretName(said.Value[(said.Value.IndexOf(':') + 1)..]));
            }
        }

        return values;
    }

    private static bool IsVariable(string name) =>
        name.Length is > 0 and <= 64 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static RunOn RunOnOf(string? word) => word switch
    {
        "first" => RunOn.First,
        "each-in-turn" => RunOn.EachInTurn,
        _ => RunOn.All,
    };

    private static string Hint(IReadOnlyList<string> nearest, IEnumerable<string> known) =>
        nearest.Count > 0 ? $"did you mean \"{nearest[0]}\"?" : $"one of {string.Join(", ", known)}";
}
