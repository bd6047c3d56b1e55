using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Rates;

/// <summary>One call's permit, from being waited for to what was answered. Times are this process's, but for <see cref="Taken"/>.</summary>
internal sealed class Permit(CancellationToken cancellation) : CallWaiter(cancellation)
{
    /// <summary>Its number within the process and limit: whoever came first has the lower one.</summary>
    public required long Number { get; init; }

    /// <summary>Id of the run; empty where there is none.</summary>
    public required string Run { get; init; }

    /// <summary>When it was asked for.</summary>
    public required TimeSpan Asked { get; init; }

    /// <summary>When it was taken, by the database's clock.</summary>
    public TimeSpan Taken { get; set; }

    /// <summary>When it was last written how long it is held.</summary>
    public TimeSpan Renewed { get; set; }

    /// <summary>What was answered.</summary>
    public RateAnswer Answer { get; set; }

    /// <summary>When that was.</summary>
    public TimeSpan Answered { get; set; }

    /// <summary>Whether nothing was sent for it: whoever waited gave up.</summary>
    public bool IsUnused { get; set; }
}
