namespace LinodeClusterToolkit.Diagnostics;

/// <summary>Base of every exception this library throws on purpose; carries at least one <see cref="Problem"/>.</summary>
public class LinodeToolkitException : Exception
{
    /// <summary>Wraps one problem.</summary>
    public LinodeToolkitException(Problem problem, Exception? inner = null)
        : this([problem], inner)
    {
    }

    /// <summary>Wraps several problems of one cause; the last is the most important.</summary>
    public LinodeToolkitException(IReadOnlyList<Problem> problems, Exception? inner = null)
        : base(string.Join(Environment.NewLine, problems), inner)
        => Problems = problems;

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The most important one.</summary>
    public Problem Problem => Problems[^1];
}
