using System.Globalization;
using LinodeEmulator.State;

namespace LinodeEmulator.Faults;

/// <summary>A rule that is in force, and how often it was met.</summary>
internal sealed class StandingFault(int id, FaultRule rule)
{
    public int Id => id;

    public FaultRule Rule => rule;

    public int Matched { get; set; }

    public int Struck { get; set; }
}

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

    /// <summary>The rules that strike this request. Each rule that it matches counts it, whether it strikes or not.</summary>
    public IReadOnlyList<FaultRule> Strike(string method, string path, string? label)
    {
        var struck = new List<FaultRule>();
        foreach (var fault in _standing.Where(fault => Matches(fault.Rule, method, path, label)))
        {
            fault.Matched++;
            if (IsDue(fault))
            {
                fault.Struck++;
                struck.Add(fault.Rule);
            }
        }

        return struck;
    }

    public bool IsSoldOut(string region) =>
        _standing.Any(fault => fault.Rule.Effect == FaultEffect.SoldOut && (fault.Rule.Region ?? region) == region);

    private static bool Matches(FaultRule rule, string method, string path, string? label) =>
        (rule.Method ?? method) == method
        && (rule.Path is null || Glob.Matches(rule.Path, path))
        && (rule.Label is null || (label is not null && Glob.Matches(rule.Label, label)))
        && (!IsAboutCreates(rule.Effect) || method == "POST");

    /// <summary>These bear on what makes or starts something, so looking must not use them up.</summary>
    private static bool IsAboutCreates(FaultEffect effect) => effect >= FaultEffect.SlowBoot;

    private bool IsDue(StandingFault fault)
    {
        var rule = fault.Rule;
        var times = rule.Times ?? (rule.Nth is null ? int.MaxValue : 1);
        return fault.Matched >= (rule.Nth ?? 1)
            && fault.Struck < times
            && Chance.Draw(seed, $"fault {fault.Id}", fault.Matched.ToString(CultureInfo.InvariantCulture)) < (rule.Chance ?? 1);
    }
}
