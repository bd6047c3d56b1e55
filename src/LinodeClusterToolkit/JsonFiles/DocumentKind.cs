using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>What stands in a file of its own.</summary>
/// <param name="Type">Its form.</param>
internal sealed record DocumentKind<T>(JsonTypeInfo<T> Type)
    where T : class
{
    /// <summary>The text that a file is named after; null where it has a name of its own.</summary>
    public Func<T, string>? Key { get; init; }

    /// <summary>Gives what a file leaves out its usual value.</summary>
    public Func<T, T> Mend { get; init; } = same => same;

    /// <summary>Name of the file of one.</summary>
    public string FileOf(T value) => FileName.Of(Key!(value)) + JsonText.Ending;
}

/// <summary>What stands in a line of a file that only grows; of those with one key the last counts.</summary>
/// <param name="Type">Its form.</param>
/// <param name="Key">Its key.</param>
internal sealed record LineKind<T>(JsonTypeInfo<T> Type, Func<T, string> Key)
    where T : class;
