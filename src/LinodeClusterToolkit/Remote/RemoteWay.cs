namespace LinodeClusterToolkit.Remote;

/// <summary>How another program of this machine, which starts ssh by itself, gets to a node in the toolkit's own way.</summary>
/// <param name="Program">The ssh to start.</param>
/// <param name="Options">Its options; they stand before any others, since ssh takes the first value it meets.</param>
/// <remarks>Account, port and address are not among them: they are the host's. What it leads through goes with the shell that gave it.</remarks>
public sealed record RemoteWay(string Program, IReadOnlyList<string> Options)
{
    /// <summary>What ssh finds in its environment besides.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
