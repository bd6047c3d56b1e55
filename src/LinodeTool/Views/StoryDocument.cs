namespace LinodeTool.Views;

/// <summary>A step of a node in a run; why it failed in full, where the run's own files still tell.</summary>
internal sealed record StoryStepDocument(TaskDocument Task, ErrorBody? Error);

/// <summary>What is known of a node that is not as it should be.</summary>
/// <param name="Node">The node.</param>
/// <param name="Run">The last run of its cluster.</param>
/// <param name="Steps">The node's steps in it, those that failed first.</param>
/// <param name="LogFile">Where all that ran on it is written; null where nothing did.</param>
/// <param name="Log">The last lines of it.</param>
/// <param name="Next">What to do next: command lines, the likeliest first.</param>
internal sealed record StoryDocument(
    NodeDocument Node, string? Run, IReadOnlyList<StoryStepDocument> Steps, string? LogFile, IReadOnlyList<string> Log, IReadOnlyList<string> Next);
