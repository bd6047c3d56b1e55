namespace LinodeClusterToolkit.JsonFiles;

/// <summary>What becomes of a file.</summary>
internal enum ChangeKind
{
    /// <summary>It is this from now on.</summary>
    Put,

    /// <summary>It grows by this.</summary>
    Add,

    /// <summary>It is gone.</summary>
    Delete,
}

/// <summary>A change of one file; made twice, it does no harm.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Path">The file, below the folder, with '/'.</param>
/// <param name="Content">What it is, or what is added.</param>
/// <param name="Offset">Where that is added: whatever stands behind is cut off first.</param>
internal sealed record FileChange(ChangeKind Kind, string Path, byte[] Content, long Offset = 0);
