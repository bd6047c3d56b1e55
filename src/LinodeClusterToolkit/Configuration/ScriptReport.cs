using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Configuration;

/// <summary>What a script said it did: lines that begin with <c>lct</c>, among whatever else was printed.</summary>
/// <param name="Changed">What was not as wanted and is now, in order; empty the second time.</param>
/// <param name="IsRecorded">True where nothing ran.</param>
internal sealed record ScriptReport(IReadOnlyList<string> Changed, bool IsRecorded)
{
    private const string ChangedMark = "lct changed ";
    private const string HostKeyMark = "lct host-key ";

    /// <summary>The host key it told, as a public key line, or null.</summary>
    public string? HostKey { get; private init; }

    public static ScriptReport Of(RemoteResult result)
    {
        var lines = result.Output.Split('\n');
        return new([.. lines.Where(line => line.StartsWith(ChangedMark, StringComparison.Ordinal)).Select(line => line[ChangedMark.Length..])], result.IsRecorded)
        {
            HostKey = lines.FirstOrDefault(line => line.StartsWith(HostKeyMark, StringComparison.Ordinal))?[HostKeyMark.Length..],
        };
    }
}
