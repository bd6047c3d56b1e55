using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>What all readers of one plan share: the text, the dialect, the variables, and what was found wrong.</summary>
internal sealed class PlanReading(PlanText text, Dialect dialect, ProblemList problems, IReadOnlyList<ActionKind> actionKinds)
{
    private readonly Dictionary<string, (PlanPlace First, int Times)> later = [];
    private readonly Dictionary<SourcePosition, string> corrections = [];

    public PlanText Text => text;

    public Dialect Dialect => dialect;

    /// <summary>Technologies that actions may name.</summary>
    public IReadOnlyList<ActionKind> ActionKinds => actionKinds;

    public PlanFiles Files { get; } = new(text.Source.Folder, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>Values of the variables, by name; filled before anything that may use them is read.</summary>
    public IReadOnlyDictionary<string, TemplateValue> Vars { get; set; } = new Dictionary<string, TemplateValue>();

    /// <summary>How nodes are reached by SSH; filled before accounts and mounts are read.</summary>
    public SshPolicy Ssh { get; set; } = new();

    /// <summary>Storage plans that groups may refer to, by name.</summary>
    public Dictionary<string, IReadOnlyList<StorageItem>> StorageSets { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets of users that groups may refer to, by name.</summary>
    public Dictionary<string, UserSet> UserSets { get; } = new(StringComparer.Ordinal);

    /// <summary>Choices of sets that were found to fit together, or told not to.</summary>
    public HashSet<string> CheckedSets { get; } = new(StringComparer.Ordinal);

    /// <summary>Services that groups may refer to, by name.</summary>
    public Dictionary<string, Service> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>Selectors that must match a tag or group of the plan.</summary>
    public List<Located<string>> Selectors { get; } = [];

    /// <summary>What was assumed on the way, shown in the preview.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Better spellings of what was read liberally, by the place of the scalar they replace.</summary>
    public IReadOnlyDictionary<SourcePosition, string> Corrections => corrections;

    /// <summary>Adds a problem that has no place in the text.</summary>
    public void Add(Problem problem) => problems.Add(problem);

    public void Error(PlanPlace place, Problem problem) => problems.Add(place.Mark(problem));

    public void Warning(PlanPlace place, Problem problem) => problems.Add(place.Mark(problem) with { Severity = Severity.Warning });

    /// <summary>An error in a strict plan; in one of 2017 a warning, and the work goes on.</summary>
    public void Lapse(PlanPlace place, Problem problem)
    {
        if (dialect == Dialect.Strict)
        {
            Error(place, problem);
        }
        else
        {
            Warning(place, problem);
        }
    }

    /// <summary>What was meant by a name that is not among the known ones, if a plan of 2017 may be read so; reports it either way.</summary>
    public string? Guess(
        string name, IReadOnlyCollection<string> known, PlanPlace place, Func<IReadOnlyList<string>, Problem> unknown, Func<string, Problem> readAs)
    {
        if (dialect == Dialect.Of2017 && Slip.Obvious(name, known) is { } meant)
        {
            Warning(place, readAs(meant));
            return meant;
        }

        Error(place, unknown(Hints.Nearest(name, known)));
        return null;
    }

    /// <summary>The name where it is known, else what was meant by it, else null; reports what is not known.</summary>
    /// <param name="noun">What is referred to.</param>
    /// <param name="name">The reference.</param>
    /// <param name="known">What there is.</param>
    /// <param name="otherFix">What else to try, besides the names there are.</param>
    public string? Refer(string noun, Located<string> name, IReadOnlyCollection<string> known, string? otherFix = null)
    {
        if (known.Contains(name.Value))
        {
            return name.Value;
        }

        var meant = Guess(name.Value, known, name.Place,
            nearest => Unknown(nearest), near => PlanProblems.ReferenceReadAs(noun, name.Value, near));
        if (meant is not null)
        {
            Correct(name.Place, meant);
        }

        return meant;

        Problem Unknown(IReadOnlyList<string> nearest) =>
            PlanProblems.UnknownReference(noun, name.Value, nearest, known) is var unknown && otherFix is null
                ? unknown : unknown with { Fix = [.. unknown.Fixes, otherFix] };
    }

    public void Correct(PlanPlace place, string better) => corrections[place.Position] = better;

    public void NotYet(string what, PlanPlace place) =>
        later[what] = later.TryGetValue(what, out var before) ? (before.First, before.Times + 1) : (place, 1);

    /// <summary>Reports what has no effect yet, each kind of thing once.</summary>
    public void Finish()
    {
        foreach (var (what, (first, times)) in later)
        {
            Lapse(first, PlanProblems.NotYet(what, times));
        }
    }
}
