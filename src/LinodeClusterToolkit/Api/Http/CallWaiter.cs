using System.Threading.RateLimiting;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>One who waits for a turn; whoever gives up leaves at once.</summary>
internal class CallWaiter : TaskCompletionSource<RateLimitLease>
{
    private readonly CancellationTokenRegistration givingUp;

    public CallWaiter(CancellationToken cancellation)
        : base(TaskCreationOptions.RunContinuationsAsynchronously) =>
        givingUp = cancellation.UnsafeRegister(static (self, token) => ((CallWaiter)self!).TrySetCanceled(token), this);

    /// <summary>Whether the limit had no room for it at first.</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>Lets it go on; false where it gave up.</summary>
    public bool Grant(Action<HttpAnswer?> settle)
    {
        givingUp.Unregister();
        return TrySetResult(new CallLease(settle) { WasHeldBack = IsHeldBack });
    }
}
