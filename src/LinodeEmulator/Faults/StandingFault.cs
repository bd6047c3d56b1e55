namespace LinodeEmulator.Faults;

/// <summary>A rule that is in force, and how often it was met.</summary>
internal sealed class StandingFault(int id, FaultRule rule)
{
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    public int Id => id;

    public FaultRule Rule => rule;

    public EffectKind Kind { get; } = FaultEffects.Of(rule.Effect);

    /// <summary>What its chances are drawn for: two rules alike strike alike, whenever they came.</summary>
    public string Text { get; } = FaultSpec.Text(rule);

    public int Matched { get; set; }

    public int Struck { get; set; }

    /// <summary>Whether it could strike the match of that number.</summary>
    public bool IsOpenFor(int matched) =>
        matched >= (rule.Nth ?? 1) && Struck < (rule.Times ?? (rule.Nth is null ? int.MaxValue : 1));

    /// <summary>How often the same was asked, this time among them.</summary>
    public int Asked(string what) => _asked[what] = _asked.GetValueOrDefault(what) + 1;
}
