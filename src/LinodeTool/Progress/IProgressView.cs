using LinodeClusterToolkit.Clusters;

namespace LinodeTool.Progress;

/// <summary>One way of showing a run; called by one loop only, so it needs no locks.</summary>
internal interface IProgressView
{
    /// <summary>An event, already taken into the model.</summary>
    void Take(RunEvent happened, RunModel model);

    /// <summary>Something from outside the run that people should read now.</summary>
    void Say(string line);

    /// <summary>A moment to draw, at most eight a second.</summary>
    void Tick(RunModel model);

    /// <summary>The run is over; another may follow.</summary>
    void End(RunModel model);
}
