using LinodeEmulator.State;

namespace LinodeEmulator.Faults;

/// <summary>The rules in force.</summary>
internal sealed class FaultBook(IReadOnlyList<FaultRule> fromStart, long seed)
{
    private readonly List<StandingFault> _standing = [.. fromStart.Select((rule, index) => new StandingFault(index + 1, rule))];
    private int _last = fromStart.Count;

    public IReadOnlyList<StandingFault> Standing => _standing;

    public StandingFault Add(FaultRule rule)
    {
        var fault = new StandingFault(++_last, rule);
        _standing.Add(fault);
        return fault;
    }

    public bool Remove(int id) => _standing.RemoveAll(fault => fault.Id == id) > 0;

    public void Clear() => _standing.Clear();

    /// <summary>As they were at the start.</summary>
    public void Reset()
    {
        _standing.Clear();
        _last = 0;
        foreach (var rule in fromStart)
        {
            Add(rule);
        }
    }

    /// <summary>The rules that strike this request. Each rule that it matches counts it, whether it strikes or not; but what is answered before it is
    /// carried out uses up nothing of the rules for what it would have made.</summary>
    public IReadOnlyList<FaultRule> Strike(FaultedRequest request)
    {
        var matching = _standing.Where(fault => !fault.Kind.IsOfWork && Matches(fault, request)).ToLookup(
            fault => fault.Kind.Reach == FaultReach.Everything);
        var struck = matching[true].Where(fault => Count(fault, request)).Select(fault => fault.Rule).ToList();
        if (FaultAnswers.Instead(struck, request) is null)
        {
            struck.AddRange(matching[false].Where(fault => Count(fault, request)).Select(fault => fault.Rule));
        }

        return struck;
    }

    /// <summary>The rules that strike the boots, or the other work, that this request does begin: what is refused uses up nothing of them.</summary>
    public IReadOnlyList<FaultRule> StrikeWork(FaultedRequest request, bool isBoot) =>
        [.. _standing.Where(fault => fault.Kind.Reach == (isBoot ? FaultReach.Boots : FaultReach.Work))
            .Where(fault => Matches(fault, request) && Count(fault, request)).Select(fault => fault.Rule)];

    /// <summary>What somebody will do in the console to a Linode of this label. Nobody comes twice for the same one.</summary>
    public IReadOnlyList<string> VisitsTo(string label) =>
        [.. _standing.Where(fault => IsVisit(fault, label)).Where(fault => Count(fault, label)).Select(fault => fault.Rule.Action!)];

    public bool IsSoldOut(string region) => _standing.Any(fault =>
        fault.Rule.Effect == FaultEffect.SoldOut && (fault.Rule.Region ?? region) == region && fault.IsOpenFor(fault.Matched + 1));

    private static bool Matches(StandingFault fault, FaultedRequest request) =>
        fault.Rule is var rule
        && (rule.Method ?? request.Method) == request.Method
        && (rule.Path is null || Glob.Matches(rule.Path, request.Path))
        && (rule.Label is not { } label || request.Labels.Any(one => Glob.Matches(label, one)))
        && (rule.Region ?? request.Region) == request.Region
        && request.IsWithin(fault.Kind.Reach, isNamed: rule.Path is not null);

    private static bool IsVisit(StandingFault fault, string label) =>
        fault.Rule.Effect == FaultEffect.Console && (fault.Rule.Label is null || Glob.Matches(fault.Rule.Label, label)) && fault.Asked(label) == 1;

    private bool Count(StandingFault fault, FaultedRequest request) => Count(
        fault,
        fault.Kind.StaysWithLinode && request.Thing is { } label ? label : $"{request.Asked} {fault.Asked(request.Asked)}");

    /// <summary>Whether it strikes what is asked, drawn for what is told: not for its turn, as requests may come in any order.</summary>
    private bool Count(StandingFault fault, string drawnFor)
    {
        fault.Matched++;
        var strikes = fault.IsOpenFor(fault.Matched) && Chance.Draw(seed, fault.Text, drawnFor) < (fault.Rule.Chance ?? 1);
        fault.Struck += strikes ? 1 : 0;
        return strikes;
    }
}
