namespace LinodeClusterToolkit.Secrets;

/// <summary>A change of a document that waits to be written.</summary>
/// <param name="change">Makes it, and says what its caller wants to know.</param>
internal sealed class PendingSave(Func<SecretDocument, bool> change)
{
    private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool answer;

    /// <summary>Ends once the change is durable, or is not to be.</summary>
    public Task<bool> Done => done.Task;

    /// <summary>Makes the change; one that is refused ends here, and stops no other.</summary>
    public void Apply(SecretDocument document)
    {
        try
        {
            answer = change(document);
        }
        catch (Exception thrown)
        {
            done.TrySetException(thrown);
        }
    }

    public void Complete() => done.TrySetResult(answer);

    public void Fail(Exception thrown) => done.TrySetException(thrown);

    public void GiveUp(CancellationToken cancellation) => done.TrySetCanceled(cancellation);
}
