using LinodeClusterToolkit;
using LinodeClusterToolkit.Sql;

namespace Properties.Tests;

/// <summary>
/// A process as far as the world outside can tell: killed, it writes nothing more, sends nothing more and hears no answer, while requests that
/// were on their way go on without it.
/// </summary>
/// <remarks>
/// What is killed stands still: its commit, its calls and its answers wait for ever, so that none of its own handling of failures has a part in
/// what is left behind. Only once buried it falls apart, when nothing of it can reach a file or the cloud.
/// </remarks>
internal sealed class Life(Trouble.Death? death, Action died)
{
    private readonly TaskCompletionSource grave = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool dead;

    /// <summary>How many commits it came to, the one that killed it included.</summary>
    public int Commits { get; private set; }

    public LinodeToolkitOptions Give(LinodeToolkitOptions options) => options with
    {
        Handler = new Lifeline(this, options.Handler!),
        CommitWatch = new CommitWatch(BeforeAsync, AfterAsync),
    };

    public void Bury()
    {
        grave.TrySetException(new IOException("the process is dead"));

        // Where nobody waited for it, this is no exception that nobody saw.
        _ = grave.Task.Exception;
    }

    private async Task BeforeAsync()
    {
        await StandStillIfDeadAsync();
        Commits++;
        await DieAtAsync(before: true);
    }

    private Task AfterAsync() => DieAtAsync(before: false);

    private async Task DieAtAsync(bool before)
    {
        if (death == new Trouble.Death(Commits, before))
        {
            dead = true;
            died();
        }

        await StandStillIfDeadAsync();
    }

    private Task StandStillIfDeadAsync(CancellationToken cancellation = default) =>
        dead ? grave.Task.WaitAsync(cancellation) : Task.CompletedTask;

    private sealed class Lifeline(Life life, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await life.StandStillIfDeadAsync(cancellationToken);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                await life.StandStillIfDeadAsync(cancellationToken);
            }
        }
    }
}
