namespace LinodeClusterToolkit.Provisioning;

/// <summary>How long each wait for the cloud lasts before what is waited for counts as stuck.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Limit">The end of one wait.</param>
internal sealed record CloudPatience(TimeProvider Time, TimeSpan Limit)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30); // timers take no more than 49 days

    public TimeSpan Limit { get; } = Limit < Longest ? Limit : Longest;
}
