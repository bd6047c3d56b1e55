namespace LinodeClusterToolkit.Plans;

/// <summary>The text of a plan and where it came from.</summary>
/// <param name="Name">File as the user named it; stands in every position.</param>
/// <param name="Folder">Folder that relative paths in the plan start from, or null where there is none.</param>
/// <param name="Text">The YAML or JSON text.</param>
public sealed record PlanSource(string Name, string? Folder, string Text);
