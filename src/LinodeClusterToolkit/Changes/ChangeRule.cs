namespace LinodeClusterToolkit.Changes;

/// <summary>How one kind of difference is dealt with; a line of the table in the documentation.</summary>
/// <param name="Id">Its name.</param>
/// <param name="When">What differs.</param>
/// <param name="Way">How it is done.</param>
/// <param name="How">What is done, in words.</param>
internal sealed record ChangeRule(string Id, string When, ChangeWay Way, string How)
{
    /// <summary>True where data are lost.</summary>
    public bool LosesData { get; init; }

    /// <summary>A change by this rule.</summary>
    public PlannedChange Of(string what, string key, string label) => new(Id, Way, what, key, label) { LosesData = LosesData, Why = "" };
}
