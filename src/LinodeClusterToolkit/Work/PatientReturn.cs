namespace LinodeClusterToolkit.Work;

/// <summary>Messages that could not be taken, because the database is away, go back.</summary>
internal static class PatientReturn
{
    // Brokers bring again at once what goes back: without a pause worker and broker would keep each other busy until the database comes.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Gives a message back after a pause; at once when this worker goes.</summary>
    public static async Task ReturnSoonAsync(this IWorkDelivery message, TimeProvider time, CancellationToken leave)
    {
        await Task.Delay(Pause, time, leave).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await message.ReturnAsync().ConfigureAwait(false);
    }
}
