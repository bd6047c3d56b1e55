using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads how nodes start; actions are checked in full although the effect of most comes later.</summary>
internal static class InitReader
{
    private const string FirstBoot = "firstboot";

    private static readonly string[] ActionKinds = ["stackscript", "cloudinit", "ansible", "localansible", "shell"];

    /// <summary>Whether nodes are booted once they are made, where the plan says so.</summary>
    public static Located<bool>? Read(PlanReading reading, PlanValue init)
    {
        if (init.Section() is not { } section)
        {
            return null;
        }

        var boot = section.Optional("boot-on-create").Flag();
        foreach (var transition in GroupKeys.Init.Keys.Where(key => key.Later))
        {
            foreach (var action in section.Optional(transition.Name).Sections())
            {
                var (name, meant) = Check(reading, action, transition.Name);
                if (transition.Name == FirstBoot && meant is not null)
                {
                    TellEffect(reading, section, action, name!.Place, meant);
                }
            }
        }

        section.Finish();
        return boot;
    }

    /// <summary>What is built in is done anyway; everything else at the first boot has no effect yet.</summary>
    private static void TellEffect(PlanReading reading, PlanSection init, PlanSection action, PlanPlace place, string meant)
    {
        if (!GroupKeys.BuiltInActions.TryGetValue(meant, out var what))
        {
            init.NotYet($"{FirstBoot}: {meant.Split(':')[0]}", place);
            return;
        }

        reading.Notes.Add($"{meant} is done anyway: {what}");
        foreach (var option in GroupKeys.Action.Keys.Where(key => !key.Required && action.Has(key.Name)))
        {
            action.NotYet(option.Name, place);
        }
    }

    /// <summary>The action's name as written, and as it is meant where it is one.</summary>
    private static (Located<string>? Name, string? Meant) Check(PlanReading reading, PlanSection action, string transition)
    {
        var name = action.Required("name").Text();
        var inline = action.Optional("inline").Verbatim();
        action.Optional("timeout").Duration();
        action.Optional("retries").Whole();
        action.Optional("run-on").Word();
        foreach (var (_, value) in action.Optional("with").Names())
        {
            value.Verbatim();
        }

        action.Finish();
        return (name, name is null ? null : Meant(reading, name, transition, inline is not null));
    }

    private static string? Meant(PlanReading reading, Located<string> name, string transition, bool hasScript)
    {
        if (name.Value.Split(':', 2) is not [var written, { Length: > 0 } target])
        {
            reading.Error(name.Place, PlanProblems.BadAction(name.Value, "an action is kind:target",
                "write it as shell:scripts/setup.sh, stackscript:user/label …"));
            return null;
        }

        var kind = ActionKinds.Contains(written) ? written : reading.Guess(written, ActionKinds, name.Place,
            nearest => PlanProblems.BadAction(name.Value, $"there is no kind \"{written}\"", Hint(nearest, ActionKinds)),
            near => PlanProblems.WordReadAs(written, near));
        if (kind is null)
        {
            return null;
        }

        if (kind is "stackscript" or "cloudinit" && transition != FirstBoot)
        {
            reading.Error(name.Place, PlanProblems.WrongTransition(kind, transition));
        }

        var isInline = kind == "shell" && target == "inline";
        if (isInline != hasScript)
        {
            reading.Error(name.Place, PlanProblems.Contradiction("the name shell:inline and the key inline go together",
                "name it shell:inline and put the script into inline:"));
        }
        else if (!isInline && TargetFault(reading.Files, kind, target) is { } fault)
        {
            reading.Error(name.Place, fault);
        }

        return $"{kind}:{target}";
    }

    private static Problem? TargetFault(PlanFiles files, string kind, string target) =>
        GroupKeys.BuiltInActions.ContainsKey($"{kind}:{target}") || (kind == "stackscript" && IsStackScript(files, target)) ? null
        : files.Fault(target) is { Code: PlanProblems.MissingFileCode } missing ? missing with { Fix = [.. BuiltIns(kind, target), .. missing.Fixes] }
        : files.Fault(target);

    /// <summary>A StackScript is an id, or user/label; a path that begins with a dot or a slash, ends in .sh or leads to a file is a file.</summary>
    private static bool IsStackScript(PlanFiles files, string target) =>
        target.All(char.IsAsciiDigit)
        || (target.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && target[0] != '.' && !target.EndsWith(".sh", StringComparison.Ordinal)
            && !files.Exists(target));

    private static IEnumerable<string> BuiltIns(string kind, string target) =>
        Hints.Nearest($"{kind}:{target}", GroupKeys.BuiltInActions.Keys).Select(near => $"did you mean \"{near}\"?");

    private static string Hint(IReadOnlyList<string> nearest, IEnumerable<string> known) =>
        nearest.Count > 0 ? $"did you mean \"{nearest[0]}\"?" : $"one of {string.Join(", ", known)}";
}
