using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Creates on a cloud without idempotency keys: the label and the owner tag are what tells ours from others'.</summary>
internal static class OnceOnly
{
    /// <summary>Creates a thing, or takes up the one an earlier try made.</summary>
    /// <param name="mayExist">True where an earlier try may have been heard: look first.</param>
    /// <param name="find">Looks the label up.</param>
    /// <param name="create">Sends the create call.</param>
    /// <param name="whyNotOurs">Null where the thing found is ours and as wanted, else why it is not.</param>
    /// <param name="what">e.g. <c>a node</c>.</param>
    /// <param name="label">Its label.</param>
    public static async Task<T> EnsureAsync<T>(
        bool mayExist, Func<Task<T?>> find, Func<Task<T>> create, Func<T, string?> whyNotOurs, string what, string label)
        where T : class
    {
        if (mayExist && await find().ConfigureAwait(false) is { } earlier)
        {
            return Adopt(earlier);
        }

        try
        {
            return await create().ConfigureAwait(false);
        }
        catch (LinodeApiException taken) when (taken.Failure == ApiFailure.LabelTaken)
        {
            // Either our own create, whose answer never came, or somebody else's thing: the owner tag tells.
            if (await find().ConfigureAwait(false) is { } found)
            {
                return Adopt(found);
            }

            throw;
        }

        T Adopt(T found) => whyNotOurs(found) is { } why
            ? throw ProvisioningProblems.Foreign(what, label, why).As(ApiFailure.Refused)
            : found;
    }

    /// <summary>Why a thing is not ours: no owner tag, or another shape than wanted.</summary>
    public static string? WhyNotOurs(
        IReadOnlyList<string> tags, string ownerTag, params ReadOnlySpan<(string Name, string Wanted, string Is)> shape)
    {
        if (!tags.Contains(ownerTag))
        {
            return $"it does not carry the tag {ownerTag}";
        }

        foreach (var (name, wanted, actual) in shape)
        {
            if (wanted != actual)
            {
                return $"its {name} is {actual}, not {wanted}";
            }
        }

        return null;
    }

    /// <summary>Runs a call that needs the node idle; waits for its open work as often as the cloud says busy, within the usual deadline.</summary>
    public static Task<T> WhenIdleAsync<T>(
        ProvisioningTools tools, string node, long nodeId, Func<CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        WithinAsync(tools.Patience, node, "busy", cancellation, async token =>
        {
            while (true)
            {
                try
                {
                    return await call(token).ConfigureAwait(false);
                }
                catch (LinodeApiException busy) when (busy.Failure == ApiFailure.Busy)
                {
                    // Work begun before our time has no event here: the pause keeps that case from asking at once again.
                    await Task.Delay(TimeSpan.FromSeconds(2), tools.Time, token).ConfigureAwait(false);
                    await tools.Cloud.Events.WaitIdleAsync(nodeId, token).ConfigureAwait(false);
                }
            }
        });

    /// <summary>Looks for what an earlier try may have made where no label is unique, so that the cloud would make it twice.</summary>
    /// <remarks>A request that outlives its sender may land after a first look: a second one, a while later, is what another try relies on.</remarks>
    public static async Task<T?> LandedAsync<T>(Func<Task<T?>> find, StepContext step, TimeProvider time, CancellationToken cancellation)
        where T : class
    {
        if (await find().ConfigureAwait(false) is { } found)
        {
            return found;
        }

        await Task.Delay(Landing(step), time, cancellation).ConfigureAwait(false);
        return await find().ConfigureAwait(false);
    }

    /// <summary>How long until what an earlier try sent has been carried out, or never is.</summary>
    public static TimeSpan Landing(StepContext step) =>
        step.BegunAgo is { } ago && CloudTimes.LateLanding - ago is var left && left > CloudTimes.Landing ? left : CloudTimes.Landing;

    /// <summary>The first item of a list, or null.</summary>
    public static async Task<T?> FirstAsync<T>(IAsyncEnumerable<T> items)
        where T : class
    {
        await foreach (var item in items.ConfigureAwait(false))
        {
            return item;
        }

        return null;
    }

    /// <summary>Ends a wait that takes longer than anything slow would.</summary>
    public static async Task<T> WithinAsync<T>(
        CloudPatience patience, string subject, string stage, CancellationToken cancellation, Func<CancellationToken, Task<T>> wait)
    {
        using var deadline = new CancellationTokenSource(patience.Limit, patience.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await wait(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw ProvisioningProblems.TooSlow(subject, stage, patience.Limit).As(ApiFailure.Stuck);
        }
    }
}
