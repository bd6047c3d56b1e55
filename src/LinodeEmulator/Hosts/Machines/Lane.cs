namespace LinodeEmulator.Hosts.Machines;

/// <summary>Does one piece of work whenever it is asked for, never twice at once: who asks while it runs gets one more run after.</summary>
internal sealed class Lane(Func<Task> work)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private bool _isAsked;

    /// <summary>Asks for a run that begins after now, and returns when there is nothing more to do.</summary>
    public Task Wake()
    {
        lock (_gate)
        {
            _isAsked = true;
            return _running = _running.IsCompleted ? Task.Run(RunAsync) : _running;
        }
    }

    private async Task RunAsync()
    {
        while (IsAsked())
        {
            await work();
        }
    }

    private bool IsAsked()
    {
        lock (_gate)
        {
            if (!_isAsked)
            {
                // It ends under the gate, so that whoever asks now starts it anew.
                _running = Task.CompletedTask;
                return false;
            }

            _isAsked = false;
            return true;
        }
    }
}
