namespace LinodeClusterToolkit.Diagnostics;

/// <summary>A place in a text file; line and column count from 1.</summary>
/// <param name="File">The file as the user named it, or a word such as <c>stdin</c>.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1, in UTF-16 units.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary>The form editors and terminals can jump to: <c>file:line:column</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
