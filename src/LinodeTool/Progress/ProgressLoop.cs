using System.Threading.Channels;
using LinodeClusterToolkit.Clusters;

namespace LinodeTool.Progress;

/// <summary>Takes events from every worker through a channel; one loop keeps the model and lets the views draw.</summary>
internal sealed class ProgressLoop : IRunObserver, IAsyncDisposable
{
    /// <summary>Eight frames a second at most.</summary>
    public static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(125);

    private readonly Channel<object> channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IReadOnlyList<IProgressView> views;
    private readonly PeriodicTimer beat;
    private readonly Task loop;

    public ProgressLoop(IReadOnlyList<IProgressView> views, TimeProvider time)
    {
        this.views = views;
        beat = new PeriodicTimer(Frame, time);
        loop = Task.Run(RunAsync);
    }

    /// <summary>The run that is shown now.</summary>
    public RunModel Model { get; private set; } = new();

    public void OnEvent(RunEvent happened) => channel.Writer.TryWrite(happened);

    /// <summary>A line for people, from any thread.</summary>
    public void Say(string line) => channel.Writer.TryWrite(line);

    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        beat.Dispose();
        await loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        do
        {
            Drain();
            foreach (var view in views)
            {
                view.Tick(Model);
            }
        }
        while (await beat.WaitForNextTickAsync().ConfigureAwait(false));

        Drain();
        EndRun();
    }

    private void EndRun()
    {
        foreach (var view in views)
        {
            view.End(Model);
        }
    }

    private void Drain()
    {
        while (channel.Reader.TryRead(out var item))
        {
            if (item is RunEvent happened)
            {
                if (happened.Type == RunEventTypes.Hello && Model.Summary is not null)
                {
                    // Another run follows, as when what was made is taken back: each is shown and kept for itself.
                    EndRun();
                    Model = new();
                }

                Model.Take(happened);
                foreach (var view in views)
                {
                    view.Take(happened, Model);
                }
            }
            else
            {
                foreach (var view in views)
                {
                    view.Say((string)item);
                }
            }
        }
    }
}
