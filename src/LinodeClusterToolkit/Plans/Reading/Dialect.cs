namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>How a plan is read.</summary>
internal enum Dialect
{
    /// <summary>No <c>version:</c>. Unknown keys are warnings, and a slip with one obvious reading is read so.</summary>
    Of2017,

    /// <summary><c>version: 1</c>. Every slip is an error.</summary>
    Strict,
}
