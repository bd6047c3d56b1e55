using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Keys;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Reads how nodes start; actions are checked in full although their effect comes later.</summary>
internal static class InitReader
{
    private static readonly string[] ActionKinds = ["stackscript", "cloudinit", "ansible", "localansible", "shell"];
    private static readonly string[] BuiltInActions = ["cloudinit:firewalled", "localansible:diskprovisioning"];

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
                Check(reading, action, transition.Name);
            }
        }

        section.Finish();
        return boot;
    }

    private static void Check(PlanReading reading, PlanSection action, string transition)
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
        if (name is not null)
        {
            CheckName(reading, name, transition, inline is not null);
        }
    }

    private static void CheckName(PlanReading reading, Located<string> name, string transition, bool hasScript)
    {
        if (name.Value.Split(':', 2) is not [var written, { Length: > 0 } target])
        {
            reading.Error(name.Place, PlanProblems.BadAction(name.Value, "an action is kind:target",
                "write it as shell:scripts/setup.sh, stackscript:user/label …"));
            return;
        }

        var kind = ActionKinds.Contains(written) ? written : reading.Guess(written, ActionKinds, name.Place,
            nearest => PlanProblems.BadAction(name.Value, $"there is no kind \"{written}\"", Hint(nearest, ActionKinds)),
            near => PlanProblems.WordReadAs(written, near));
        if (kind is null)
        {
            return;
        }

        if (kind is "stackscript" or "cloudinit" && transition != "firstboot")
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
    }

    private static Problem? TargetFault(PlanFiles files, string kind, string target) =>
        BuiltInActions.Contains($"{kind}:{target}") || (kind == "stackscript" && IsStackScript(files, target)) ? null
        : files.Fault(target) is { Code: PlanProblems.MissingFileCode } missing ? missing with { Fix = [.. BuiltIns(kind, target), .. missing.Fixes] }
        : files.Fault(target);

    /// <summary>A StackScript is an id, or user/label; a path that begins with a dot or a slash, ends in .sh or leads to a file is a file.</summary>
    private static bool IsStackScript(PlanFiles files, string target) =>
        target.All(char.IsAsciiDigit)
        || (target.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && target[0] != '.' && !target.EndsWith(".sh", StringComparison.Ordinal)
            && !files.Exists(target));

    private static IEnumerable<string> BuiltIns(string kind, string target) =>
        Hints.Nearest($"{kind}:{target}", BuiltInActions).Select(near => $"did you mean \"{near}\"?");

    private static string Hint(IReadOnlyList<string> nearest, IEnumerable<string> known) =>
        nearest.Count > 0 ? $"did you mean \"{nearest[0]}\"?" : $"one of {string.Join(", ", known)}";
}
