namespace LinodeClusterToolkit.Secrets;

/// <summary>Gathers changes of a document that is dear to write: whatever waits while one write is under way goes into the next.</summary>
/// <param name="write">Writes once. It calls its argument for the changes as late as it can, and ends when they are durable.</param>
internal sealed class GroupedSaves(Func<Func<IReadOnlyList<PendingSave>>, Task> write)
{
    private readonly Lock gate = new();
    private List<PendingSave> waiting = [];
    private bool isWriting;

    /// <summary>Makes a change; durable when the task ends. One that is cancelled before its write has begun is not made.</summary>
    public async Task<bool> SaveAsync(Func<SecretDocument, bool> change, CancellationToken cancellation)
    {
        var save = new PendingSave(change);
        lock (gate)
        {
            waiting.Add(save);
            if (!isWriting)
            {
                isWriting = true;
                _ = Task.Run(WriteAllAsync, CancellationToken.None);
            }
        }

        using var stop = cancellation.Register(() => GiveUp(save, cancellation));
        return await save.Done.ConfigureAwait(false);
    }

    private void GiveUp(PendingSave save, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (waiting.Remove(save))
            {
                save.GiveUp(cancellation);
            }
        }
    }

    private async Task WriteAllAsync()
    {
        while (IsNeeded())
        {
            IReadOnlyList<PendingSave> taken = [];
            try
            {
                await write(() => taken = Take()).ConfigureAwait(false);
            }
            catch (Exception thrown)
            {
                // What failed before anything was taken failed for all that wait.
                foreach (var save in taken.Count > 0 ? taken : Take())
                {
                    save.Fail(thrown);
                }
            }

            foreach (var save in taken)
            {
                save.Complete();
            }
        }
    }

    private bool IsNeeded()
    {
        lock (gate)
        {
            return isWriting = waiting.Count > 0;
        }
    }

    private List<PendingSave> Take()
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }
}
