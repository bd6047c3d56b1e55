using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans.Yaml;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans;

/// <summary>Looks at a part of user data that a plan brings, as far as one can before cloud-init does.</summary>
internal static class CloudInitCheck
{
    private const string Commands = "a list of commands, each a text or a list of words";

    private const string Unquoted = "a group of keys, as a text with a colon in it is without quotes";

    private static readonly string[] Flags = ["true", "false", "yes", "no", "on", "off"];

    /// <summary>What is wrong with it.</summary>
    public static IEnumerable<Problem> Of(ResolvedAction action)
    {
        var said = StackScriptCheck.NotInCreateCall(action);
        if (action.With.Count > 0)
        {
            said = said.Append(PlanProblems.Contradiction("cloudinit takes no values", "leave with: out, or use a stackscript or shell action"));
        }

        if (action.Text is not { } text)
        {
            return said;
        }

        return said.Concat(UserDataPart.TypeOf(text) switch
        {
            null => [RiderProblems.UnknownPart(action.Name, Start(text))],
            "text/cloud-config" => OfConfig(new PlanText(new PlanSource(action.Target, null, text))),
            _ => [],
        });
    }

    private static IEnumerable<Problem> OfConfig(PlanText text)
    {
        var problems = new ProblemList();
        var root = YamlTreeReader.Read(text, problems);
        if (problems.InOrder() is { Count: > 0 } broken)
        {
            return broken.Select(problem => RiderProblems.NoCloudConfig(Place(text, problem.Position?.Line), problem.Why ?? problem.What));
        }

        return root is PlanMap map
            ? map.Entries.Select(entry => OfEntry(text, entry)).OfType<Problem>()
            : [RiderProblems.NoCloudConfig(text.Source.Name, $"it holds {root!.Noun}, where keys are wanted")];
    }

    private static Problem? OfEntry(PlanText text, PlanEntry entry)
    {
        var (key, place) = (entry.Key.Value, Place(text, entry.Key.Span.Line));
        if (CloudConfigKeys.Reserved.TryGetValue(key, out var instead))
        {
            return RiderProblems.ReservedKey(place, key, instead);
        }

        if (!CloudConfigKeys.Kinds.TryGetValue(key, out var kind))
        {
            return RiderProblems.UnknownKey(place, key, Hints.Nearest(key, CloudConfigKeys.Kinds.Keys));
        }

        return Wrong(kind, entry.Value) is { } wanted ? RiderProblems.WrongKind(place, key, wanted, entry.Value.Noun)
            : key switch
            {
                "runcmd" => Items(entry.Value, IsCommand, Commands),
                "write_files" => Items(entry.Value, IsFile, "a list of files, each with a path"),
                "packages" => Items(entry.Value, item => item is not PlanScalar { IsNull: true }, "a list of packages"),
                _ => null,
            };

        Problem? Items(PlanNode list, Func<PlanNode, bool> fits, string wanted) =>
            ((PlanList)list).Items.FirstOrDefault(item => !fits(item)) is { } stray
                ? RiderProblems.WrongKind(Place(text, stray.Span.Line), key, wanted, key == "runcmd" && stray is PlanMap ? Unquoted : stray.Noun)
                : null;
    }

    // A key without a value is passed over by cloud-init.
    private static string? Wrong(string kind, PlanNode value) => (kind, value) switch
    {
        ("map", PlanMap or PlanScalar { IsNull: true }) => null,
        ("map", _) => "a group of keys",
        ("list", PlanList) => null,
        ("list", _) => "a list",
        ("text", PlanScalar { IsNull: false }) => null,
        ("text", _) => "a text",
        ("flag", PlanScalar flag) when Flags.Contains(flag.Value, StringComparer.OrdinalIgnoreCase) => null,
        ("flag", _) => "true or false",
        _ => null,
    };

    private static bool IsCommand(PlanNode item) =>
        item is PlanScalar { IsNull: false } || (item is PlanList words && words.Items.Count > 0 && words.Items.All(word => word is PlanScalar));

    private static bool IsFile(PlanNode item) => item is PlanMap file && file.Find("path")?.Value is PlanScalar { IsNull: false };

    private static string Place(PlanText text, int? line) => line is null ? text.Source.Name : $"{text.Source.Name}, line {line}";

    private static string Start(string text)
    {
        var line = text.Split('\n')[0].TrimEnd();
        return line.Length > 40 ? $"{line[..40]}…" : line;
    }
}
