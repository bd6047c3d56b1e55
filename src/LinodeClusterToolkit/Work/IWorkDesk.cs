using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>The work of one customer, as a worker does it.</summary>
internal interface IWorkDesk : IAsyncDisposable
{
    /// <summary>Draws the graph of a run again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="site">What it is drawn of and works with.</param>
    /// <param name="tell">Gets its events.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IWorkSite> DrawAsync(WorkAddress run, SiteTools site, Action<string> tell, CancellationToken cancellation);

    /// <summary>Conducts a run to its end; <see cref="WorkClaim.Current"/> is its claim.</summary>
    /// <param name="run">The run.</param>
    /// <param name="executor">Carries its graph out.</param>
    /// <param name="tell">Gets its events.</param>
    /// <param name="leave">Cancelled: leave it to another worker.</param>
    /// <returns>How it ended, for people.</returns>
    Task<string> ConductAsync(WorkClaim run, ITaskExecutor executor, Action<string> tell, CancellationToken leave);

    /// <summary>Writes down that a run could not be conducted.</summary>
    Task GiveUpAsync(WorkClaim run, Diagnostics.Problem problem, Action<string> tell, CancellationToken cancellation);
}

/// <summary>The graph of a run in a worker that does steps of it.</summary>
internal interface IWorkSite
{
    /// <summary>The step of that name, or null.</summary>
    TaskStep? Find(string step);

    /// <summary>Sees what happens to its steps.</summary>
    ITaskObserver Observer { get; }

    /// <summary>Whether a failure may go away when the step is tried again.</summary>
    Func<Exception, bool> IsTransient { get; }

    /// <summary>Takes in what other workers have written; ends when it stands as it was when this was called, or later.</summary>
    /// <param name="news">What the board has to tell of the run.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task RefreshAsync(Func<CancellationToken, Task<SiteNews>> news, CancellationToken cancellation);
}

/// <summary>What a run's graph is drawn of in another process, and how that lets the others know.</summary>
/// <param name="Sketch">What its conductor wrote down.</param>
/// <param name="Note">Writes a word down that all workers of the run are to know.</param>
internal sealed record SiteTools(string Sketch, Func<string, Task> Note);

/// <summary>What all workers of a run are to know.</summary>
/// <param name="Failed">Names of steps that have failed.</param>
/// <param name="Notes">Words that were written down.</param>
internal sealed record SiteNews(IReadOnlyList<string> Failed, IReadOnlyList<string> Notes);
